import type { CachePolicy } from './cache-policies.ts';
import type { CdnResponse } from './viewer-request.ts';

/** Statuses that are cached by their caching headers or the policy's default TTL. */
const CACHEABLE = new Set([200, 203, 206, 300, 301, 302, 307, 308, 410]);
/**
 * Errors that are cached for at least the error caching minimum TTL, whatever their headers say
 * (CloudFront Developer Guide, "HTTP 4xx and 5xx status codes that CloudFront caches").
 */
const ALWAYS_CACHED_ERRORS = new Set([404, 405, 414, 500, 501, 502, 503, 504]);
/** Errors that are cached likewise, but only when the origin sends `max-age` or `s-maxage`. */
const ERRORS_CACHED_BY_HEADER = new Set([400, 403, 412, 415]);
const DEFAULT_ERROR_TTL_S = 10;

function directives(response: CdnResponse): Map<string, string> {
  const text = String(response.headers['cache-control'] ?? '').toLowerCase();
  return new Map(
    text
      .split(',')
      .map((part) => part.trim().split('='))
      .map(([name = '', value = '']) => [name, value.replaceAll('"', '')]),
  );
}

function originTtlS(response: CdnResponse, nowMs: number): number | undefined {
  const control = directives(response);
  if (control.has('no-store') || control.has('no-cache') || control.has('private')) return 0;
  const seconds = control.get('s-maxage') ?? control.get('max-age');
  if (seconds !== undefined) return Number(seconds) || 0;
  const { expires } = response.headers;
  if (expires === undefined) return undefined;
  return Math.max(0, (Date.parse(String(expires)) - nowMs) / 1000) || 0;
}

/**
 * Returns true when a response without a lifetime (`no-cache`, `max-age=0`) should be stored for
 * revalidation.
 */
export function isKeptForRevalidation(response: CdnResponse, policy: CachePolicy): boolean {
  const control = directives(response);
  const secret = control.has('no-store') || control.has('private');
  const { etag, 'last-modified': modified } = response.headers;
  const validates = etag !== undefined || modified !== undefined;
  return policy.maxTtlS > 0 && response.status === 200 && validates && !secret;
}

/**
 * Returns true when simultaneous requests may share a response: unless the minimum TTL is 0 and the origin does not let
 * caches keep it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-traffic-spikes
 */
export function isShared(
  response: CdnResponse,
  { minTtlS }: Pick<CachePolicy, 'minTtlS'>,
): boolean {
  const control = directives(response);
  const isForbidden =
    ['private', 'no-store', 'no-cache'].some((name) => control.has(name)) ||
    ['max-age', 's-maxage'].some((name) => control.get(name) === '0');
  return minTtlS > 0 || !isForbidden;
}

function isCachedError(response: CdnResponse): boolean {
  if (ALWAYS_CACHED_ERRORS.has(response.status)) return true;
  const control = directives(response);
  const hasMaxAge = control.has('max-age') || control.has('s-maxage');
  return ERRORS_CACHED_BY_HEADER.has(response.status) && hasMaxAge;
}

/**
 * Returns true when a stored response may be served although it has expired, because the origin
 * answers 5xx or cannot be reached.
 */
export function isServedStale(stored: CdnResponse): boolean {
  const control = directives(stored);
  return !['no-cache', 'must-revalidate', 'proxy-revalidate'].some((name) => control.has(name));
}

/** Returns the error caching minimum TTL of a status, in seconds. */
export function errorLifetimeS(
  status: number,
  errorTtlS: (status: number) => number | undefined,
): number {
  return errorTtlS(status) ?? DEFAULT_ERROR_TTL_S;
}

/** Returns how many seconds a response can be served from the cache. 0 means never. */
export function lifetimeS(
  response: CdnResponse,
  policy: CachePolicy,
  nowMs: number,
  errorTtlS: (status: number) => number | undefined = () => undefined,
): number {
  const { minTtlS, defaultTtlS, maxTtlS } = policy;
  if (maxTtlS === 0) return 0;
  const ttlS = originTtlS(response, nowMs);
  if (isCachedError(response)) {
    return Math.min(Math.max(ttlS ?? 0, errorLifetimeS(response.status, errorTtlS)), maxTtlS);
  }
  if (!CACHEABLE.has(response.status)) return 0;
  // The minimum TTL also applies to the default.
  return Math.min(Math.max(ttlS ?? defaultTtlS, minTtlS), maxTtlS);
}
