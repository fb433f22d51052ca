import { type CachePolicy, isSelected } from './cache-policies.ts';
import { type CdnRequest, cookiesOf, queryParts } from './viewer-request.ts';

/** Returns the accepted content codings that are part of the cache key, joined with commas. */
export function acceptedEncodings({ headers }: CdnRequest, { encodings }: CachePolicy): string {
  const accepted = (headers['accept-encoding'] ?? '').toLowerCase();
  return encodings.filter((coding) => accepted.includes(coding)).join(',');
}

/** Returns the cache key. Requests with the same key share one cached response. */
export function cacheKey(request: CdnRequest, policy: CachePolicy): string {
  const { path, query, headers } = request;
  const selectedHeaders = Object.entries(headers)
    .filter(([name]) => isSelected(policy.headers, name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    path,
    queryParts(query).filter(([name]) => isSelected(policy.queryStrings, name)),
    selectedHeaders,
    cookiesOf(request).filter(([name]) => isSelected(policy.cookies, name)),
    acceptedEncodings(request, policy),
  ]);
}
