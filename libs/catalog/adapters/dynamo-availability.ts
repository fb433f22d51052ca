import { AppError } from '@triptych/platform/errors';

const throttled = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
];
const unreachable = ['TimeoutError', 'AbortError', 'InternalServerError', 'ServiceUnavailable'];
const brokenConnection = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'];

export function isThrottled(error: unknown): boolean {
  return error instanceof Error && throttled.includes(error.name);
}

/** What a caller is told when the table does not answer or asks for patience. */
export function unavailable(cause?: unknown): AppError {
  return new AppError('unavailable', 'try-again', 'The service is overloaded; try again shortly.', {
    retryAfterSeconds: 1,
    cause,
  });
}

/**
 * Waits for a call to the table; a call that was not answered, or throttled, after the SDK's own attempts becomes
 * `unavailable` (503). Throttling is left as it is inside a transaction, which has attempts of its own.
 */
export async function reached<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw isUnreachable(error) ? unavailable(error) : error;
  }
}

/** Like {@link reached}, for a single read or write: throttling becomes `unavailable` too. */
export async function answered<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await reached(call);
  } catch (error) {
    throw isThrottled(error) ? unavailable(error) : error;
  }
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return (
    unreachable.includes(error.name) ||
    (typeof code === 'string' && brokenConnection.includes(code))
  );
}
