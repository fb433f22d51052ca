import { setTimeout as wait } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type TransactWriteItem,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { DomainEvent } from '@triptych/events';
import { shardOf } from '../aws/shard-of.ts';

/** BatchWriteItem takes at most 25 requests. */
const MAX_BATCH = 25;
const MAX_REMOVE_ATTEMPTS = 4;
const RETRY_BASE_MS = 25;
const DEFAULT_SHARDS = 4;

/** The part of a DynamoDB stream record that the outbox reads. */
export interface OutboxStreamRecord {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | {
        readonly NewImage?:
          | Readonly<Record<string, { readonly S?: string | undefined }>>
          | undefined;
      }
    | undefined;
}

/** Events that were committed together with the state change that caused them, and are not published yet. */
export interface Outbox {
  /** Writes to add to the transaction that makes the state change. */
  transactItems(events: readonly DomainEvent[]): TransactWriteItem[];
  /**
   * Entries at least `olderThanMs` old, at most `limit`: oldest first within each shard, shards taken in turn.
   * @throws Error when the table cannot be read
   */
  pending(query: { olderThanMs: number; limit: number }): Promise<DomainEvent[]>;
  /**
   * Idempotent. An entry that stays is published again later, which consumers tolerate.
   * @throws Error when the table cannot be written, or entries remain after the last attempt
   */
  remove(events: readonly DomainEvent[]): Promise<void>;
  /** The event that a stream record inserts into the outbox; undefined for any other record. */
  fromStreamRecord(record: OutboxStreamRecord): DomainEvent | undefined;
}

/**
 * Outbox entries in the context's own table, under `OUTBOX#<shard>` / `<occurredAt>#<id>`. Sharding spreads the writes
 * over several partitions. An event's id determines its shard, so an entry can be removed without a query.
 * @param options.shards must not change while entries are pending; 4 by default
 */
export function dynamoOutbox(options: {
  client: DynamoDBClient;
  table: string;
  shards?: number;
}): Outbox {
  const { client, table, shards = DEFAULT_SHARDS } = options;

  const keyOf = (event: DomainEvent): Record<string, AttributeValue> => ({
    pk: { S: `OUTBOX#${shardOf(event.id, shards)}` },
    sk: { S: `${event.occurredAt}#${event.id}` },
  });

  async function queryShard(shard: number, before: string, limit: number): Promise<DomainEvent[]> {
    const answer = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk < :before',
        ExpressionAttributeValues: { ':pk': { S: `OUTBOX#${shard}` }, ':before': { S: before } },
        Limit: limit,
      }),
    );
    return (answer.Items ?? []).map((item) => eventOf(item)).filter((event) => event !== undefined);
  }

  return {
    transactItems: (events) =>
      events.map((event) => ({
        Put: { TableName: table, Item: { ...keyOf(event), event: { S: JSON.stringify(event) } } },
      })),

    async pending({ olderThanMs, limit }) {
      const before = new Date(Date.now() - olderThanMs).toISOString();
      const perShard = Array.from({ length: shards }, (_, shard) =>
        queryShard(shard, before, limit),
      );
      // Shards take turns: entries that the bus keeps rejecting must not starve the other shards.
      const ranked = (await Promise.all(perShard)).flatMap((events) =>
        events.map((event, rank) => ({ event, rank })),
      );
      return ranked
        .sort((a, b) => a.rank - b.rank)
        .slice(0, limit)
        .map(({ event }) => event);
    },

    async remove(events) {
      for (let start = 0; start < events.length; start += MAX_BATCH) {
        const batch = events.slice(start, start + MAX_BATCH);
        await removeAll(
          client,
          table,
          batch.map((event) => ({ DeleteRequest: { Key: keyOf(event) } })),
        );
      }
    },

    fromStreamRecord(record) {
      const image = record.eventName === 'INSERT' ? record.dynamodb?.NewImage : undefined;
      return image?.pk?.S?.startsWith('OUTBOX#') ? eventOf(image) : undefined;
    },
  };
}

/** DynamoDB may leave requests of a batch unprocessed and return them. Those are retried, with backoff and jitter. */
async function removeAll(
  client: DynamoDBClient,
  table: string,
  requests: WriteRequest[],
): Promise<void> {
  let unprocessed = requests;
  for (let attempt = 1; unprocessed.length > 0; attempt++) {
    if (attempt > MAX_REMOVE_ATTEMPTS)
      throw new Error(`${unprocessed.length} outbox entries were not removed`);
    if (attempt > 1) await wait(2 ** attempt * RETRY_BASE_MS * (0.5 + Math.random()));
    const answer = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: unprocessed } }),
    );
    unprocessed = answer.UnprocessedItems?.[table] ?? [];
  }
}

function eventOf(
  item: Readonly<Record<string, { readonly S?: string | undefined }>>,
): DomainEvent | undefined {
  const json = item.event?.S;
  return json === undefined ? undefined : (JSON.parse(json) as DomainEvent);
}
