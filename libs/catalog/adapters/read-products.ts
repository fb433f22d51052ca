import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoTable } from '@triptych/platform/aws';
import { AppError } from '@triptych/platform/errors';
import type { Product } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { productInShop } from './product-item.ts';

/** DynamoDB may leave some keys of a batch unanswered when it is busy. */
const batchAttempts = 5;
const batchPauseMs = 50;

/** The products in the shop among these ids (at most 100), in their order and up to date. Throws `unavailable`. */
export async function readProducts(of: DynamoTable, ids: readonly string[]): Promise<Product[]> {
  const found = new Map<string, Product>();
  let missing = [...new Set(ids)].map((id) => marshall(keys.product(id)));
  for (let attempt = 0; missing.length > 0; attempt += 1) {
    if (attempt === batchAttempts) {
      const detail = 'The products cannot be read just now.';
      throw new AppError('unavailable', 'unavailable', detail, { retryAfterSeconds: 1 });
    }
    if (attempt > 0) await wait(Math.random() * batchPauseMs * 2 ** attempt);
    const request = { [of.table]: { Keys: missing, ConsistentRead: true } };
    const answer = await of.client.send(new BatchGetItemCommand({ RequestItems: request }));
    for (const item of answer.Responses?.[of.table] ?? []) {
      const product = productInShop(unmarshall(item));
      if (product) found.set(product.id, product);
    }
    missing = answer.UnprocessedKeys?.[of.table]?.Keys ?? [];
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
