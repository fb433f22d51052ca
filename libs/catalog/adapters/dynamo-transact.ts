import { setTimeout as wait } from 'node:timers/promises';
import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { isThrottled, reached, unavailable } from './dynamo-availability.ts';

/** Committed, or which of the items (by position) had a condition that did not hold; then nothing was written. */
export type Transacted = { committed: true } | { committed: false; failed: readonly number[] };

/** Besides the SDK's own attempts, which do not cover transactions that collide. */
const attempts = 8;
const firstPauseMs = 15;
const longestPauseMs = 500;

/**
 * Writes all items or none. Collisions with other transactions and throttling are tried again up to 8 times with full
 * jitter (at most about 2 s in all), then throw `unavailable`.
 */
export async function transact(
  client: DynamoDBClient,
  items: TransactWriteItem[],
): Promise<Transacted> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      await reached(client.send(new TransactWriteItemsCommand({ TransactItems: items })));
      return { committed: true };
    } catch (error) {
      const failed = failedConditions(error);
      if (failed.length > 0) return { committed: false, failed };
      if (!isCollision(error) && !isThrottled(error)) throw error;
    }
    const ceilingMs = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
    await wait(Math.random() * ceilingMs);
  }
  throw unavailable();
}

function failedConditions(error: unknown): number[] {
  return reasons(error).flatMap((code, index) =>
    code === 'ConditionalCheckFailed' ? [index] : [],
  );
}

const passing = ['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

function isCollision(error: unknown): boolean {
  const codes = reasons(error);
  return codes.length > 0
    ? codes.every((code) => passing.includes(code))
    : error instanceof Error && error.name === 'TransactionInProgressException';
}

function reasons(error: unknown): string[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
}
