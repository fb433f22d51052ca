import { setTimeout as wait } from 'node:timers/promises';
import { type AttributeValue, BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import { AppError } from '@triptych/platform/errors';
import { type Category, categoryName, type Product, type ProductStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { productItem, productOf } from './product-item.ts';

const mostCategories = 200;
/** DynamoDB may leave some keys of a batch unanswered when it is busy. */
const batchAttempts = 5;
const batchPauseMs = 50;

/** Products and the counts of their categories; pages are in `dynamo-product-list.ts`. */
export function dynamoProducts(of: DynamoTable): Omit<ProductStore, 'page'> {
  const { client, table } = of;

  async function readBatch(wanted: Record<string, AttributeValue>[]): Promise<Product[]> {
    const found: Product[] = [];
    let missing = wanted;
    for (let attempt = 0; attempt < batchAttempts; attempt += 1) {
      const request = { [table]: { Keys: missing, ConsistentRead: true } };
      const answer = await client.send(new BatchGetItemCommand({ RequestItems: request }));
      found.push(...(answer.Responses?.[table] ?? []).map((item) => productOf(unmarshall(item))));
      missing = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      if (missing.length === 0) return found;
      await wait(Math.random() * batchPauseMs * 2 ** attempt);
    }
    throw new AppError('unavailable', 'unavailable', 'The products cannot be read just now.');
  }

  return {
    async create(product) {
      const done = await transact(client, [
        putNew(table, productItem(product)),
        updateItem(table, keys.category(product.category), {
          set: 'SET #name = if_not_exists(#name, :name) ADD products :one',
          values: { ':name': categoryName(product.category), ':one': 1 },
          names: { '#name': 'name' },
        }),
      ]);
      return done.committed ? 'created' : 'exists';
    },

    async find(productId) {
      const item = await readItem(of, keys.product(productId));
      return item && productOf(item);
    },

    async findAll(productIds) {
      const distinct = [...new Set(productIds)];
      return readBatch(distinct.map((id) => marshall(keys.product(id))));
    },

    async categories() {
      const command = new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': keys.category('').pk }),
        Limit: mostCategories,
      });
      const { Items: items = [] } = await client.send(command);
      return items.map((item): Category => {
        const { sk, name, products } = unmarshall(item) as { sk: string } & Category;
        return { slug: sk, name, products };
      });
    },
  };
}
