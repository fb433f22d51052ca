import { STATUS_CODES } from 'node:http';
import type { AppError, ErrorKind, FieldFault } from '../errors/index.ts';

/** Content type of every error response. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The HTTP status of each kind of error. */
const STATUS: Record<ErrorKind, number> = {
  validation: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  'unsupported-media': 415,
  unprocessable: 422,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
};

/** The body of every error response (RFC 9457). Clients may rely on `code`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly FieldFault[];
}

/** Maps a domain error to its response body. */
export function problemOf(error: AppError, requestId: string): Problem {
  const status = STATUS[error.kind];
  return {
    type: `urn:triptych:problem:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.detail,
    requestId,
    ...(error.fields ? { errors: error.fields } : {}),
  };
}

/** Response headers of an error, including those that RFC 9110 requires for its status. */
export function problemHeaders(error: AppError): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': PROBLEM_TYPE,
    'cache-control': 'no-store',
  };
  if (error.kind === 'unauthenticated') headers['www-authenticate'] = 'Bearer';
  if (error.retryAfterSeconds !== undefined) {
    headers['retry-after'] = String(Math.max(1, Math.ceil(error.retryAfterSeconds)));
  }
  return headers;
}
