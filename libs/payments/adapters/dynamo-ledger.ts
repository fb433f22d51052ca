import {
  type AttributeValue,
  QueryCommand,
  type QueryCommandOutput,
  type TransactGetItem,
  TransactGetItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type DynamoTable,
  putNew,
  retryConflicts,
  shardOf,
  updateItem,
} from '@triptych/platform/aws';
import {
  ACCOUNTS,
  type AccountBalance,
  type Clock,
  type Journal,
  type Ledger,
} from '../core/index.ts';

/**
 * Counters per account. Concurrent bookings rarely write the same one, and a transaction, which holds
 * at most 100 items, can read up to six accounts.
 */
const SHARDS = 16;
const CURRENCY_PREFIX = 'cents_';
/** Index partitions per day of journals. */
const DAY_SHARDS = 4;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Journals as `JOURNAL#<id>` / `JOURNAL`. Balances are counters, `BALANCE#<account>` / `SHARD#<nn>`,
 * with one attribute per currency. A journal's transaction updates them, and one transaction reads
 * all of them. `gsi1` lists the journals of a day.
 */
export function dynamoLedger({ client, table, clock }: DynamoTable & { clock: Clock }): Ledger {
  const shards = ACCOUNTS.flatMap((account) =>
    Array.from({ length: SHARDS }, (_, shard) => ({ account, key: shardKey(account, shard) })),
  );
  const TransactItems: TransactGetItem[] = shards.map(({ key }) => ({
    Get: { TableName: table, Key: marshall(key) },
  }));

  return {
    async balances() {
      const { Responses = [] } = await retryConflicts(() =>
        client.send(new TransactGetItemsCommand({ TransactItems })),
      );
      const sums = new Map<string, AccountBalance>();
      for (const [index, { account }] of shards.entries()) {
        for (const [name, value] of Object.entries(unmarshall(Responses[index]?.Item ?? {}))) {
          if (!name.startsWith(CURRENCY_PREFIX)) continue;
          const currency = name.slice(CURRENCY_PREFIX.length);
          const id = `${account} ${currency}`;
          const balanceCents = (sums.get(id)?.balanceCents ?? 0) + value;
          sums.set(id, { account, currency, balanceCents });
        }
      }
      return [...sums.values()];
    },

    async *journals(sinceMs) {
      const since = new Date(sinceMs).toISOString();
      // Up to tomorrow, because another process's clock may be ahead.
      for (let dayMs = sinceMs; dayMs < clock.now() + 2 * DAY_MS; dayMs += DAY_MS) {
        for (let shard = 0; shard < DAY_SHARDS; shard += 1) {
          const partition = dayPartition(new Date(dayMs).toISOString(), shard);
          yield* partitionSince({ client, table }, partition, since);
        }
      }
    },
  };
}

async function* partitionSince({ client, table }: DynamoTable, partition: string, since: string) {
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :partition AND gsi1sk >= :since',
        ExpressionAttributeValues: { ':partition': { S: partition }, ':since': { S: since } },
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    for (const item of page.Items ?? []) yield JSON.parse(item.document?.S ?? 'null') as Journal;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** The writes that book a journal: the journal, which must be new, and one counter per posting. */
export function journalWrites(table: string, journal: Journal): TransactWriteItem[] {
  const shard = shardOf(journal.id, SHARDS);
  const document = JSON.stringify(journal);
  return [
    putNew(table, {
      pk: `JOURNAL#${journal.id}`,
      sk: 'JOURNAL',
      gsi1pk: dayPartition(journal.at, shardOf(journal.id, DAY_SHARDS)),
      gsi1sk: `${journal.at}#${journal.id}`,
      document,
    }),
    // A journal has one posting per account, because a transaction cannot write an item twice.
    ...journal.postings.map(({ account, amountCents, currency }) =>
      updateItem(table, shardKey(account, shard), {
        set: 'ADD #cents :amount',
        values: { ':amount': amountCents },
        names: { '#cents': `${CURRENCY_PREFIX}${currency}` },
      }),
    ),
  ];
}

const shardKey = (account: string, shard: number) => ({
  pk: `BALANCE#${account}`,
  sk: `SHARD#${String(shard).padStart(2, '0')}`,
});

const dayPartition = (at: string, shard: number) => `JOURNALS#${at.slice(0, 10)}#${shard}`;
