import { setTimeout as wait } from 'node:timers/promises';
import { cancellationCodes } from './cancellation-codes.ts';

const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 15;
const MAX_WAIT_MS = 500;

/** Why DynamoDB may cancel a transaction that would succeed a moment later; `None` says that an item is not to blame. */
const PASSING_CODES = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
/** A plain write that meets a running transaction, and a transaction whose first try is still running. */
const PASSING_ERRORS = new Set(['TransactionConflictException', 'TransactionInProgressException']);

/**
 * Repeats a call that another transaction got in the way of, which the SDK does not. Throttling of the whole call is left
 * to the SDK: retries of retries add load where there is too much already. Eight attempts with full jitter, about 2 s.
 * @throws what the last attempt threw
 */
export async function retryConflicts<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isPassing(error)) throw error;
    }
    await wait(Math.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt));
  }
}

function isPassing(error: unknown): boolean {
  const codes = cancellationCodes(error);
  if (codes.length > 0) return codes.every((code) => PASSING_CODES.has(code));
  return error instanceof Error && PASSING_ERRORS.has(error.name);
}
