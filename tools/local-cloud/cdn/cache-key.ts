import { type CachePolicy, isSelected } from './cache-policies.ts';
import { type CdnRequest, cookiesOf, queryParts } from './viewer-request.ts';

/** Codings of a request's Accept-Encoding that the policy tells apart. */
export function acceptedEncodings({ headers }: CdnRequest, { encodings }: CachePolicy): string {
  const accepted = (headers['accept-encoding'] ?? '').toLowerCase();
  return encodings.filter((coding) => accepted.includes(coding)).join(',');
}

/** Two requests with the same key get the same cached answer. */
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
