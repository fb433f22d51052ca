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
import type { KeptAnswer, SimulatorStore, StatementPage } from './simulator-store.ts';

/** So that the statement needs no scan, and no one partition takes every write. */
const SHARDS = 8;
/** As long as Stripe keeps them at least: https://docs.stripe.com/api/idempotent_requests */
const KEPT_SECONDS = 24 * 60 * 60;

/**
 * Intents as `INTENTS#<shard>` / `<id>`, answers as `ANSWER#<hash of the key>` / `ANSWER`; TTL
 * removes the answers.
 */
export function dynamoSimulator(of: DynamoTable & { clock: { now(): number } }): SimulatorStore {
  const { client, table, clock } = of;

  function keptPut(kept: KeptAnswer): TransactWriteItem {
    const nowMs = clock.now();
    const expiresAt = epochSeconds(nowMs) + KEPT_SECONDS;
    const item = { ...answerKey(kept.key), document: JSON.stringify(kept), expiresAt };
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
      return item && (JSON.parse(item.document) as KeptAnswer);
    },

    async write({ change, kept }) {
      const puts: TransactWriteItem[] = [];
      if (change) {
        puts.push(intentPut(table, change.before, change.after));
        puts.push(...refundPuts(table, change.before, change.after));
      }
      if (kept) puts.push(keptPut(kept));
      return puts.length === 0 || (await transact(client, puts)).committed;
    },

    list: (query) => readList(of, query),

    page: ({ limit, cursor }) => readPage(of, limit, cursor),

    async ping() {
      await readItem(of, intentKey('ping'));
    },
  };
}

/**
 * Reads shard after shard until the page is full; the cursor is the shard and the last id read from
 * it.
 */
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

/** A refund lies within its intent; this makes it be found and listed by its own id. */
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
