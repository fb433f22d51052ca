import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoTable } from '@triptych/platform/aws';
import { AppError } from '@triptych/platform/errors';
import type { Product } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { productInShop } from './product-item.ts';

/** A busy DynamoDB may leave some keys of a batch unprocessed. */
const MAX_TRIES = 5;

/** Base of the backoff, which doubles with each attempt and has full jitter. */
const BACKOFF_MS = 50;

/**
 * The products that are in the shop among these ids (at most 100), in the order of the ids, read
 * consistently.
 * @throws AppError unavailable `unavailable`
 */
export async function readProducts(of: DynamoTable, ids: readonly string[]): Promise<Product[]> {
  const found = new Map<string, Product>();
  let missing = [...new Set(ids)].map((id) => marshall(keys.product(id)));
  for (let attempt = 0; missing.length > 0; attempt += 1) {
    if (attempt === MAX_TRIES) {
      const detail = 'The products cannot be read at the moment. Try again.';
      throw new AppError('unavailable', 'unavailable', detail, { retryAfterSeconds: 1 });
    }
    if (attempt > 0) await wait(Math.random() * BACKOFF_MS * 2 ** attempt);
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
