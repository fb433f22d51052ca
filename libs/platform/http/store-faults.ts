/** Errors of AWS and of the network that pass by themselves. Known by shape: this folder imports no AWS package. */
const PASSING_ERRORS = new Set([
  'ThrottlingException',
  'ThrottledException',
  'Throttling',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'SlowDown',
  'TransactionConflictException',
  'TransactionInProgressException',
  'InternalServerError',
  'InternalFailure',
  'ServiceUnavailable',
  'TimeoutError',
  'AbortError',
]);

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A cancelled transaction says why, one reason for each of its items. */
const PASSING_REASONS = new Set([
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'TransactionConflict',
]);

interface ErrorShape {
  name?: string;
  code?: string;
  cause?: unknown;
  errors?: unknown[];
  $metadata?: { httpStatusCode?: number };
  CancellationReasons?: { Code?: string }[];
}

/** True when a store or a peer is throttling, too slow or out of reach: the same request may succeed later. */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 3) return false;
  const { name, code, cause, errors, $metadata, CancellationReasons } = error as ErrorShape;
  if (name !== undefined && PASSING_ERRORS.has(name)) return true;
  if (code !== undefined && NETWORK_CODES.has(code)) return true;
  if (($metadata?.httpStatusCode ?? 0) >= 500) return true;
  if (CancellationReasons?.some((reason) => PASSING_REASONS.has(reason.Code ?? ''))) return true;
  return (
    isUnavailable(cause, depth + 1) ||
    (errors ?? []).some((inner) => isUnavailable(inner, depth + 1))
  );
}
