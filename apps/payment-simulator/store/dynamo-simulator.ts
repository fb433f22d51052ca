import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  type Put,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Intent } from '../intents/intent.ts';
import type { KeptAnswer, SimulatorStore, StatementPage } from './simulator-store.ts';

/** So that the statement needs no scan, and no one partition takes every write. */
const SHARDS = 8;
/** As long as Stripe keeps them at least: https://docs.stripe.com/api/idempotent_requests */
const KEPT_SECONDS = 24 * 60 * 60;

interface Options {
  client: DynamoDBClient;
  table: string;
  clock: { now(): number };
}

/**
 * Intents as `INTENTS#<shard>` / `<id>`, answers as `ANSWER#<hash of the key>` / `ANSWER`; TTL
 * removes the answers.
 */
export function dynamoSimulator({ client, table, clock }: Options): SimulatorStore {
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  const get = async (key: Record<string, { S: string }>) =>
    (await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true })))
      .Item;

  function keptPut(kept: KeptAnswer): Put {
    return {
      TableName: table,
      Item: {
        ...answerKey(kept.key),
        document: { S: JSON.stringify(kept) },
        expiresAt: { N: String(nowSeconds() + KEPT_SECONDS) },
      },
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': { N: String(nowSeconds()) } },
    };
  }

  function intentPut(before: Intent | null, after: Intent): Put {
    return {
      TableName: table,
      Item: {
        ...intentKey(after.id),
        version: { N: String(after.version) },
        document: { S: JSON.stringify(after) },
      },
      ...(before === null
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :v',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':v': { N: String(before.version) } },
          }),
    };
  }

  return {
    async findIntent(id) {
      const document = (await get(intentKey(id)))?.document?.S;
      return document === undefined ? undefined : (JSON.parse(document) as Intent);
    },

    async findAnswer(key) {
      const item = await get(answerKey(key));
      if (!item?.document?.S || Number(item.expiresAt?.N) <= nowSeconds()) return undefined;
      return JSON.parse(item.document.S) as KeptAnswer;
    },

    async write({ change, kept }) {
      const puts: Put[] = [];
      if (change) puts.push(intentPut(change.before, change.after));
      if (kept) puts.push(keptPut(kept));
      const [first, ...others] = puts;
      try {
        if (first && others.length === 0) await client.send(new PutItemCommand(first));
        else if (first) {
          const TransactItems = puts.map((put) => ({ Put: put }));
          await client.send(new TransactWriteItemsCommand({ TransactItems }));
        }
        return true;
      } catch (error) {
        if (wasSlower(error)) return false;
        throw error;
      }
    },

    async page({ limit, cursor }) {
      return readPage({ client, table }, limit, cursor);
    },

    async ping() {
      await get(intentKey('ping'));
    },
  };
}

/**
 * Reads shard after shard until the page is full; the cursor is the shard and the last id read from
 * it.
 */
async function readPage(
  { client, table }: Pick<Options, 'client' | 'table'>,
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

function wasSlower(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (error instanceof Error && error.name === 'TransactionConflictException') return true;
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(
      ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
    )
  );
}

function intentKey(id: string) {
  const shard = (createHash('sha256').update(id).digest()[0] ?? 0) % SHARDS;
  return { pk: { S: `INTENTS#${shard}` }, sk: { S: id } };
}

function answerKey(key: string) {
  const hash = createHash('sha256').update(key).digest('hex');
  return { pk: { S: `ANSWER#${hash}` }, sk: { S: 'ANSWER' } };
}
