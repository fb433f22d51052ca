import { setTimeout as wait } from 'node:timers/promises';
import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

/** Committed, or which of the items (by position) had a condition that did not hold; then nothing was written. */
export type Transacted = { committed: true } | { committed: false; failed: readonly number[] };

/** On top of the SDK's own attempts, which do not cover transactions that collide. */
const attempts = 8;
const firstPauseMs = 15;
const longestPauseMs = 500;

/**
 * Writes all items or none. Collisions with other transactions and throttling are tried again, eight attempts in all
 * with full jitter (about 2 s at most); then what the last one threw is thrown, which the platform knows as unavailable.
 */
export async function transact(
  client: DynamoDBClient,
  items: TransactWriteItem[],
): Promise<Transacted> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return { committed: true };
    } catch (error) {
      const failed = failedConditions(error);
      if (failed.length > 0) return { committed: false, failed };
      if (attempt === attempts || !passes(error)) throw error;
    }
    const ceilingMs = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
    await wait(Math.random() * ceilingMs);
  }
}

function failedConditions(error: unknown): number[] {
  return reasons(error).flatMap((code, index) =>
    code === 'ConditionalCheckFailed' ? [index] : [],
  );
}

const passingReasons = [
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
];
const passingErrors = [
  'TransactionInProgressException',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
];

/** Whether the same transaction may succeed a moment later. */
function passes(error: unknown): boolean {
  const codes = reasons(error);
  if (codes.length > 0) return codes.every((code) => passingReasons.includes(code));
  return error instanceof Error && passingErrors.includes(error.name);
}

/** Why DynamoDB cancelled a transaction, one code for each of its items. */
function reasons(error: unknown): string[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
}
