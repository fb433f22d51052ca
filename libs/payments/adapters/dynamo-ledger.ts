import {
  type DynamoDBClient,
  type TransactGetItem,
  TransactGetItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type AccountBalance, accounts, type Journal, type Ledger } from '../core/index.ts';
import { withConflictRetry } from './dynamo-conflicts.ts';

/**
 * Counters per account: concurrent bookings seldom meet, and one transaction (100 items) reads six
 * accounts at most.
 */
const SHARDS = 16;
const CURRENCY_PREFIX = 'cents_';

/**
 * Journals as `JOURNAL#<id>` / `JOURNAL`; balances as counters `BALANCE#<account>` / `SHARD#<nn>`
 * with one attribute a currency, written in the journal's transaction and read in one.
 */
export function dynamoLedger(options: { client: DynamoDBClient; table: string }): Ledger {
  const { client, table } = options;
  const shards = accounts.flatMap((account) =>
    Array.from({ length: SHARDS }, (_, shard) => ({ account, key: shardKey(account, shard) })),
  );
  const TransactItems: TransactGetItem[] = shards.map(({ key }) => ({
    Get: { TableName: table, Key: key },
  }));

  return {
    async balances() {
      const { Responses = [] } = await withConflictRetry(() =>
        client.send(new TransactGetItemsCommand({ TransactItems })),
      );
      const sums = new Map<string, AccountBalance>();
      for (const [index, { account }] of shards.entries()) {
        for (const [name, value] of Object.entries(Responses[index]?.Item ?? {})) {
          if (!name.startsWith(CURRENCY_PREFIX)) continue;
          const currency = name.slice(CURRENCY_PREFIX.length);
          const id = `${account} ${currency}`;
          const balanceCents = (sums.get(id)?.balanceCents ?? 0) + Number(value.N);
          sums.set(id, { account, currency, balanceCents });
        }
      }
      return [...sums.values()];
    },
  };
}

/** The writes that book a journal: itself, once, and a counter for each posting. */
export function journalWrites(table: string, journal: Journal): TransactWriteItem[] {
  const shard = shardOf(journal.id);
  return [
    {
      Put: {
        TableName: table,
        Item: {
          pk: { S: `JOURNAL#${journal.id}` },
          sk: { S: 'JOURNAL' },
          document: { S: JSON.stringify(journal) },
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    // One posting per account: a transaction may not touch an item twice.
    ...journal.postings.map(({ account, amountCents, currency }) => ({
      Update: {
        TableName: table,
        Key: shardKey(account, shard),
        UpdateExpression: 'ADD #cents :amount',
        ExpressionAttributeNames: { '#cents': `${CURRENCY_PREFIX}${currency}` },
        ExpressionAttributeValues: { ':amount': { N: String(amountCents) } },
      },
    })),
  ];
}

const shardKey = (account: string, shard: number) => ({
  pk: { S: `BALANCE#${account}` },
  sk: { S: `SHARD#${String(shard).padStart(2, '0')}` },
});

/**
 * Spreads journals over the shards by their id, so that the same journal always meets the same
 * counters.
 */
function shardOf(journalId: string): number {
  let sum = 0;
  for (let index = 0; index < journalId.length; index += 1) {
    sum = (sum * 31 + journalId.charCodeAt(index)) >>> 0;
  }
  return sum % SHARDS;
}
