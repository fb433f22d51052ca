/**
 * Names of temporary errors from AWS and the network. They are matched by name, because this folder imports no AWS
 * package.
 */
const TEMPORARY_ERRORS = new Set([
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

/** Temporary reasons for a cancelled transaction. */
const TEMPORARY_REASONS = new Set([
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'TransactionConflict',
]);

const MAX_CAUSE_DEPTH = 3;

interface ErrorShape {
  name?: string;
  code?: string;
  cause?: unknown;
  errors?: unknown[];
  $metadata?: { httpStatusCode?: number };
  CancellationReasons?: { Code?: string }[];
}

/** Whether an error means that a dependency throttles, is too slow or is unreachable. A retry may succeed. */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_CAUSE_DEPTH) return false;
  const { name, code, cause, errors, $metadata, CancellationReasons } = error as ErrorShape;
  if (name !== undefined && TEMPORARY_ERRORS.has(name)) return true;
  if (code !== undefined && NETWORK_CODES.has(code)) return true;
  if (($metadata?.httpStatusCode ?? 0) >= 500) return true;
  if (CancellationReasons?.some((reason) => TEMPORARY_REASONS.has(reason.Code ?? ''))) return true;
  return (
    isUnavailable(cause, depth + 1) ||
    (errors ?? []).some((inner) => isUnavailable(inner, depth + 1))
  );
}
