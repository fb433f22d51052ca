import { setTimeout as wait } from 'node:timers/promises';
import { cancellationCodes } from './cancellation-codes.ts';

const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 15;
const MAX_WAIT_MS = 500;

/** Reasons for a cancelled transaction that may succeed on a retry. `None` marks an item that is not the cause. */
const RETRYABLE_CODES = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
/** A plain write that conflicts with a transaction, and a transaction whose first attempt is still in progress. */
const RETRYABLE_ERRORS = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/**
 * Retries a call that conflicts with another transaction, which the SDK does not do: eight attempts with exponential
 * backoff and full jitter, which wait at most 2 s in total. Throttling of the whole call is left to the SDK, because
 * nested retries multiply the load.
 * @throws Error of the last attempt
 */
export async function retryConflicts<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRetryable(error)) throw error;
    }
    await wait(Math.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt));
  }
}

function isRetryable(error: unknown): boolean {
  const codes = cancellationCodes(error);
  if (codes.length > 0) return codes.every((code) => RETRYABLE_CODES.has(code));
  return error instanceof Error && RETRYABLE_ERRORS.has(error.name);
}
