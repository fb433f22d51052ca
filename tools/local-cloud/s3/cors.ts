import { AwsError, type WireRequest, type WireResponse } from '../kernel.ts';
import type { Bucket, CorsRule } from './buckets.ts';

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/**
 * Responds to a browser's preflight by the bucket's CORS rules.
 * @throws AwsError AccessForbidden, BadRequest
 */
export function preflight(bucket: Bucket, request: WireRequest): WireResponse {
  const origin = request.headers.origin;
  const method = request.headers['access-control-request-method'];
  if (!origin || !method) {
    throw new AwsError(
      'BadRequest',
      'A preflight must have Origin and Access-Control-Request-Method',
    );
  }
  const requested = (request.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const rule = bucket.cors.find(
    (candidate) =>
      allows(candidate, origin, method) &&
      requested.every((name) => candidate.allowedHeaders.some((pattern) => matches(pattern, name))),
  );
  if (!rule) {
    throw new AwsError('AccessForbidden', 'CORSResponse: This CORS request is not allowed', 403);
  }
  return {
    status: 200,
    headers: {
      ...headersOf(rule, origin),
      'access-control-allow-headers': requested.join(', '),
      ...(rule.maxAgeSeconds === undefined
        ? {}
        : { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    },
  };
}

/** Headers that let the requesting page read the response. Empty when no rule allows it. */
export function corsHeaders(
  bucket: Bucket | undefined,
  request: WireRequest,
): Record<string, string> {
  const origin = request.headers.origin;
  const rule =
    origin && bucket?.cors.find((candidate) => allows(candidate, origin, request.method));
  return rule ? headersOf(rule, origin) : {};
}

function headersOf(rule: CorsRule, origin: string): Record<string, string> {
  const anyOrigin = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': anyOrigin ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(anyOrigin ? {} : { 'access-control-allow-credentials': 'true' }),
    ...(rule.exposedHeaders.length > 0
      ? { 'access-control-expose-headers': rule.exposedHeaders.join(', ') }
      : {}),
    vary: VARY,
  };
}

function allows(rule: CorsRule, origin: string, method: string): boolean {
  return (
    rule.allowedMethods.includes(method) &&
    rule.allowedOrigins.some((pattern) => matches(pattern, origin))
  );
}

/** A pattern may contain one `*`, which matches any text. */
function matches(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.toLowerCase().split('*', 2);
  const candidate = text.toLowerCase();
  if (after === undefined) return candidate === before;
  return (
    candidate.length >= before.length + after.length &&
    candidate.startsWith(before) &&
    candidate.endsWith(after)
  );
}
