import { createHash } from 'node:crypto';
import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  type DynamoTable,
  epochSeconds,
  putIf,
  putIfAbsentOrExpired,
  putNew,
  readItem,
  readUnexpiredItem,
  shardOf,
  transact,
} from '@triptych/platform/aws';
import type { Intent } from '../intents/intent.ts';
import { readList } from './dynamo-lists.ts';
import type { SimulatorStore, StatementPage, StoredAnswer } from './simulator-store.ts';

/** Partitions of intents: they spread the writes, and the statement reads them without a scan. */
const SHARDS = 8;
/** Stripe's minimum: https://docs.stripe.com/api/idempotent_requests */
const ANSWER_TTL_SECONDS = 24 * 60 * 60;

/**
 * The simulator's table:
 * - `INTENTS#<0–7>` / `<intent id>`: version, and the intent as JSON in `document`, with its events that
 *   are not on the queue yet; once charged also in `gsi1` under `CHARGES`
 * - `REFUND#<refund id>` / `REFUND`: the id of its intent; also in `gsi1` under `REFUNDS`
 * - `ANSWER#<SHA-256 of the key>` / `ANSWER`: fingerprint and answer of a request, removed by TTL
 * - `BEHAVIOUR` / `BEHAVIOUR`: see control/behaviour.ts
 */
export function dynamoSimulator(of: DynamoTable & { clock: { now(): number } }): SimulatorStore {
  const { client, table, clock } = of;

  function answerPut(stored: StoredAnswer): TransactWriteItem {
    const nowMs = clock.now();
    const expiresAt = epochSeconds(nowMs) + ANSWER_TTL_SECONDS;
    const item = { ...answerKey(stored.key), document: JSON.stringify(stored), expiresAt };
    return putIfAbsentOrExpired(table, item, nowMs);
  }

  return {
    async findIntent(id) {
      const item = await readItem(of, intentKey(id));
      return item && (JSON.parse(item.document) as Intent);
    },

    async findIntentOfRefund(refundId) {
      const refund = await readItem(of, refundKey(refundId));
      const item = refund && (await readItem(of, intentKey(refund.intentId)));
      return item && (JSON.parse(item.document) as Intent);
    },

    async findAnswer(key) {
      const item = await readUnexpiredItem(of, answerKey(key), clock.now());
      return item && (JSON.parse(item.document) as StoredAnswer);
    },

    async write({ change, answer }) {
      const puts: TransactWriteItem[] = [];
      if (change) {
        puts.push(intentPut(table, change.before, change.after));
        puts.push(...refundPuts(table, change.before, change.after));
      }
      if (answer) puts.push(answerPut(answer));
      return puts.length === 0 || (await transact(client, puts)).committed;
    },

    list: (query) => readList(of, query),

    page: ({ limit, cursor }) => readPage(of, limit, cursor),

    async ping() {
      await readItem(of, intentKey('ping'));
    },
  };
}

/** Reads shard after shard until the page is full. The cursor is a shard and the last id read there. */
async function readPage(
  { client, table }: DynamoTable,
  limit: number,
  cursor: string | null,
): Promise<StatementPage> {
  const [, first = '0', lastId = ''] = /^(\d)\.(\w*)$/.exec(cursor ?? '') ?? [];
  const intents: Intent[] = [];
  let after = lastId;
  for (let shard = Number(first); shard < SHARDS; ) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: {
          ':pk': { S: `INTENTS#${shard}` },
          ':after': { S: after === '' ? ' ' : after },
        },
        ConsistentRead: true,
        Limit: limit - intents.length,
      }),
    );
    intents.push(...Items.map((item) => JSON.parse(item.document?.S ?? 'null') as Intent));
    after = LastEvaluatedKey?.sk?.S ?? '';
    if (after === '') shard += 1;
    if (intents.length >= limit && shard < SHARDS) {
      return { intents, nextCursor: `${shard}.${after}` };
    }
  }
  return { intents, nextCursor: null };
}

function intentPut(table: string, before: Intent | null, after: Intent): TransactWriteItem {
  const { id, version } = after;
  const item = {
    ...intentKey(id),
    ...(after.chargeId === null ? {} : { gsi1pk: 'CHARGES', gsi1sk: after.chargeId, intentId: id }),
    version,
    document: JSON.stringify(after),
  };
  if (before === null) return putNew(table, item);
  return putIf(table, item, {
    when: '#version = :v',
    values: { ':v': before.version },
    names: { '#version': 'version' },
  });
}

/** Index items of new refunds, which are part of their intent, so that they can be found by id. */
function refundPuts(table: string, before: Intent | null, after: Intent): TransactWriteItem[] {
  const known = new Set(before?.refunds.map(({ id }) => id));
  return after.refunds
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => {
      const item = { ...refundKey(id), gsi1pk: 'REFUNDS', gsi1sk: id, intentId: after.id };
      return putNew(table, item);
    });
}

function refundKey(id: string) {
  return { pk: `REFUND#${id}`, sk: 'REFUND' };
}

function intentKey(id: string) {
  return { pk: `INTENTS#${shardOf(id, SHARDS)}`, sk: id };
}

function answerKey(key: string) {
  return { pk: `ANSWER#${createHash('sha256').update(key).digest('hex')}`, sk: 'ANSWER' };
}
