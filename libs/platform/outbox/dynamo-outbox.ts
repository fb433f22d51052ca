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

/** Events that were committed with their cause and have not been published yet. */
export interface Outbox {
  /** Writes to add to the transaction that changes the state the events speak of. */
  transactItems(events: readonly DomainEvent[]): TransactWriteItem[];
  /** Leftovers, oldest first within each shard, from all shards alike. */
  pending(query: { olderThanMs: number; limit: number }): Promise<DomainEvent[]>;
  /** Idempotent; an entry that could not be removed is published again later, which consumers tolerate. */
  remove(events: readonly DomainEvent[]): Promise<void>;
  /** The event a stream record announces; undefined when the record is about anything else. */
  fromStreamRecord(record: OutboxStreamRecord): DomainEvent | undefined;
}

/**
 * Outbox entries in the context's own table, under `OUTBOX#<shard>` / `<occurredAt>#<id>`. Shards keep one partition
 * from taking every write; an event's shard follows from its id, so that it can be removed without a look-up.
 */
export function dynamoOutbox(options: {
  client: DynamoDBClient;
  table: string;
  shards?: number;
}): Outbox {
  const { client, table, shards = 4 } = options;

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
      // Each shard in turn: entries that the bus keeps refusing must not starve the other shards.
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

/** DynamoDB may leave part of a batch undone; it says which part, and that part is tried again a few times. */
async function removeAll(
  client: DynamoDBClient,
  table: string,
  requests: WriteRequest[],
): Promise<void> {
  let left = requests;
  for (let attempt = 1; left.length > 0; attempt++) {
    if (attempt > MAX_REMOVE_ATTEMPTS)
      throw new Error(`${left.length} outbox entries were not removed`);
    if (attempt > 1) await wait(2 ** attempt * 25 * (0.5 + Math.random()));
    const answer = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
    );
    left = answer.UnprocessedItems?.[table] ?? [];
  }
}

function eventOf(
  item: Readonly<Record<string, { readonly S?: string | undefined }>>,
): DomainEvent | undefined {
  const json = item.event?.S;
  return json === undefined ? undefined : (JSON.parse(json) as DomainEvent);
}
