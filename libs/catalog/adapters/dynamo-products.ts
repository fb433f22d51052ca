import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import { type Category, categoryName, type ProductStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { entryChanges } from './product-entries.ts';
import { IN_SHOP, productInShop, productItem } from './product-item.ts';
import { readProducts } from './read-products.ts';

/** Categories read for a list. */
const MAX_CATEGORIES = 200;

/** Products and category counts. Pages are in `dynamo-product-list.ts`. */
export function dynamoProducts(of: DynamoTable): Omit<ProductStore, 'page'> {
  const { client, table } = of;

  function count(category: string, by: 1 | -1): TransactWriteItem {
    return updateItem(table, keys.category(category), {
      set: 'SET #name = if_not_exists(#name, :name) ADD products :by',
      values: { ':name': categoryName(category), ':by': by },
      names: { '#name': 'name' },
    });
  }

  async function write(items: TransactWriteItem[]): Promise<'done' | 'changed'> {
    return (await transact(client, items)).committed ? 'done' : 'changed';
  }

  return {
    async create(product) {
      const done = await write([
        putNew(table, productItem(product)),
        count(product.category, 1),
        ...entryChanges(table, undefined, product),
      ]);
      return done === 'done' ? 'created' : 'exists';
    },

    async change(before, after) {
      const { name, description, category, price, version, updatedAt } = after;
      const texts = 'SET #name = :name, description = :description, category = :category';
      return write([
        updateItem(table, keys.product(after.id), {
          set: `${texts}, amountCents = :amountCents, currency = :currency, version = :version, updatedAt = :at`,
          when: `${IN_SHOP} AND version = :before`,
          values: {
            ...{ ':name': name, ':description': description, ':category': category },
            ...{ ':amountCents': price.amountCents, ':currency': price.currency },
            ...{ ':version': version, ':at': updatedAt, ':before': before.version },
          },
          names: { '#name': 'name' },
        }),
        ...(category === before.category ? [] : [count(before.category, -1), count(category, 1)]),
        ...entryChanges(table, before, after),
      ]);
    },

    remove: (product, at) =>
      write([
        updateItem(table, keys.product(product.id), {
          set: 'SET removedAt = :at',
          when: `${IN_SHOP} AND version = :before`,
          values: { ':at': at, ':before': product.version },
        }),
        count(product.category, -1),
        ...entryChanges(table, product, undefined),
      ]),

    find: async (productId) => productInShop(await readItem(of, keys.product(productId))),

    findAll: (productIds) => readProducts(of, productIds),

    async categories() {
      const command = new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': keys.category('').pk }),
        Limit: MAX_CATEGORIES,
      });
      const { Items: items = [] } = await client.send(command);
      return items
        .map((item): Category => {
          const { sk, name, products } = unmarshall(item) as { sk: string } & Category;
          return { slug: sk, name, products };
        })
        .filter(({ products }) => products > 0);
    },
  };
}
