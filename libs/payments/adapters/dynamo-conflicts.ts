import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 15;
const MAX_WAIT_MS = 500;

/** What a transaction may be cancelled for that passes by itself. */
const passing = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * Repeats a call that another transaction got in the way of: the SDK does not, since it cannot tell
 * whether to. Waits grow, with full jitter, and about 2 s in all.
 * @throws what the last attempt threw
 */
export async function withConflictRetry<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isPassing(error)) throw error;
      const limitMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * limitMs));
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
    return codes.length > 0 && codes.every((code) => passing.has(code));
  }
  // A plain write that meets a running transaction, and a transaction whose first try is still
  // running.
  const name = error instanceof Error ? error.name : '';
  return name === 'TransactionConflictException' || name === 'TransactionInProgressException';
}
