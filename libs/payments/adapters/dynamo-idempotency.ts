import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  type DynamoTable,
  epochSeconds,
  putIfAbsentOrExpired,
  readUnexpiredItem,
} from '@triptych/platform/aws';
import type {
  Clock,
  IdempotencyRecord,
  IdempotencyRecords,
  IdempotencyScope,
} from '../core/index.ts';

/**
 * Stored answers as `IDEMPOTENCY#<account>#<operation>#<key>` / `IDEMPOTENCY`, removed by TTL.
 */
export function dynamoIdempotency(of: DynamoTable & { clock: Clock }): IdempotencyRecords {
  return {
    async find(scope) {
      const item = await readUnexpiredItem(of, keyOf(scope), of.clock.now());
      return item && (JSON.parse(item.record) as IdempotencyRecord);
    },
  };
}

/** The write that takes a key; it fails if the key is taken at `now`. @param now RFC 3339, UTC */
export function idempotencyWrite(
  table: string,
  record: IdempotencyRecord,
  now: string,
): TransactWriteItem {
  const item = {
    ...keyOf(record.scope),
    record: JSON.stringify(record),
    expiresAt: epochSeconds(record.expiresAtMs),
  };
  return putIfAbsentOrExpired(table, item, Date.parse(now));
}

// The key is last because it may contain a #. The parts before it cannot.
const keyOf = ({ accountId, operation, key }: IdempotencyScope) => ({
  pk: `IDEMPOTENCY#${accountId}#${operation}#${key}`,
  sk: 'IDEMPOTENCY',
});
