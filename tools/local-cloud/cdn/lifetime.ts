import type { CachePolicy } from './cache-policies.ts';
import type { CdnResponse } from './viewer-request.ts';

/** Statuses that are cached by their caching headers or the policy's default TTL. */
const CACHEABLE = new Set([200, 203, 206, 300, 301, 302, 307, 308, 410]);
/**
 * Errors that are cached for at least the error caching minimum TTL (CloudFront Developer Guide,
 * "How CloudFront caches errors").
 */
const CACHED_ERRORS = new Set([404, 405, 414, 500, 501, 502, 503, 504]);
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
  if (CACHED_ERRORS.has(response.status)) {
    const atLeastS = errorTtlS(response.status) ?? DEFAULT_ERROR_TTL_S;
    return Math.min(Math.max(ttlS ?? 0, atLeastS), maxTtlS);
  }
  if (!CACHEABLE.has(response.status)) return 0;
  // The minimum TTL also applies to the default.
  return Math.min(Math.max(ttlS ?? defaultTtlS, minTtlS), maxTtlS);
}
