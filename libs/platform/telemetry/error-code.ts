const MAX_CAUSE_DEPTH = 4;
/** Names that say nothing about the error. Its cause may say more. */
const GENERIC = new Set(['Error', 'TypeError', 'AggregateError', 'AppError']);

interface ErrorShape {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/**
 * A short, stable name of an error, for logs and spans: the `code` of a domain error, of the network or of a library
 * (`refund-exceeds-captured`, `ECONNREFUSED`), otherwise the name of its class (`ThrottlingException`). A wrapper
 * without either, such as fetch's TypeError, takes the code of its cause. Messages are not used: they may contain data.
 */
export function errorCode(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { name, code, cause, errors } = error as ErrorShape;
  if (typeof code === 'string' && code !== '') return code;
  const named = typeof name === 'string' && name !== '' ? name : 'unknown';
  const inner = cause ?? errors?.[0];
  if (!GENERIC.has(named) || inner === undefined || depth >= MAX_CAUSE_DEPTH) return named;
  const found = errorCode(inner, depth + 1);
  return found === 'unknown' ? named : found;
}
