import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type {
  Clock,
  IdempotencyRecord,
  IdempotencyRecords,
  IdempotencyScope,
} from '../core/index.ts';

/**
 * Answers that are given again, as `IDEMPOTENCY#<account>#<operation>#<key>` / `IDEMPOTENCY`; TTL
 * removes them.
 */
export function dynamoIdempotency(options: {
  client: DynamoDBClient;
  table: string;
  clock: Clock;
}): IdempotencyRecords {
  const { client, table, clock } = options;
  return {
    async find(scope) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(scope), ConsistentRead: true }),
      );
      const record = Item?.record?.S;
      if (record === undefined) return undefined;
      const found = JSON.parse(record) as IdempotencyRecord;
      // TTL removes late, up to days: what has expired counts as absent.
      return Number(Item?.expiresAt?.N) * 1000 <= clock.now() ? undefined : found;
    },
  };
}

/** The write that takes a key, if it is free. @param now RFC 3339, UTC */
export function idempotencyWrite(
  table: string,
  record: IdempotencyRecord,
  now: string,
): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: {
        ...keyOf(record.scope),
        record: { S: JSON.stringify(record) },
        expiresAt: { N: String(epochSeconds(record.expiresAtMs)) },
      },
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': { N: String(epochSeconds(Date.parse(now))) } },
    },
  };
}

const epochSeconds = (ms: number) => Math.floor(ms / 1000);

// The key comes last: it may hold any visible character, the parts before it may not hold a #.
const keyOf = ({ accountId, operation, key }: IdempotencyScope) => ({
  pk: { S: `IDEMPOTENCY#${accountId}#${operation}#${key}` },
  sk: { S: 'IDEMPOTENCY' },
});
