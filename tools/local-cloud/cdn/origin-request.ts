import { acceptedEncodings } from './cache-key.ts';
import { type CachePolicy, isSelected, type OriginRequestPolicy } from './cache-policies.ts';
import type { AccessControl } from './registries.ts';
import { type CdnRequest, cookiesOf, queryParts } from './viewer-request.ts';

/** Hop-by-hop headers, and headers that the CDN sets itself. */
const NEVER_SENT = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'cookie',
  'content-length',
  'x-forwarded-for',
  'via',
]);

/** Headers that are always forwarded, regardless of the policies. */
const BODY_HEADERS = new Set(['content-type', 'content-encoding', 'x-amz-content-sha256']);

/**
 * Whether the viewer's Authorization may reach the origin. `always` overwrites it with the signature. `always-amz-auth` keeps
 * it, on GET and HEAD only if it is in the cache key.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
function keepsAuthorization(
  { method }: CdnRequest,
  cache: CachePolicy,
  signing: AccessControl['behaviour'],
): boolean {
  if (signing === 'always') return false;
  const isRead = method === 'GET' || method === 'HEAD';
  return signing === undefined || !isRead || isSelected(cache.headers, 'authorization');
}

export interface OriginRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Contains Host only when a policy forwards the viewer's Host. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Returns the request for an origin: the parts in the cache key, and those that the origin request
 * policy adds.
 * @param signing how the distribution signs the request, if it does
 */
export function originRequest(
  request: CdnRequest,
  cache: CachePolicy,
  extra: OriginRequestPolicy | undefined,
  signing?: AccessControl['behaviour'],
): OriginRequest {
  const isForwarded = (kind: 'headers' | 'cookies' | 'queryStrings', name: string): boolean =>
    isSelected(cache[kind], name) || (extra !== undefined && isSelected(extra[kind], name));
  const headers: Record<string, string> = { 'user-agent': 'Amazon CloudFront' };
  const encodings = acceptedEncodings(request, cache);
  if (encodings) headers['accept-encoding'] = encodings;
  for (const [name, value] of Object.entries(request.headers)) {
    if (NEVER_SENT.has(name)) continue;
    if (name === 'authorization' && !keepsAuthorization(request, cache, signing)) continue;
    if (isForwarded('headers', name) || BODY_HEADERS.has(name)) headers[name] = value;
  }
  const cookies = cookiesOf(request).filter(([name]) => isForwarded('cookies', name));
  if (cookies.length > 0) {
    headers.cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ');
  }
  headers['x-forwarded-for'] = request.forwardedFor;
  headers['x-amz-cf-id'] = request.id;
  headers.via = '1.1 local.cloudfront.net (CloudFront)';
  const everything =
    extra?.queryStrings.behavior === 'all' || cache.queryStrings.behavior === 'all';
  const query = everything
    ? request.query
    : queryParts(request.query)
        .filter(([name]) => isForwarded('queryStrings', name))
        .map((pair) => pair.join('='))
        .join('&');
  const url = query ? `${request.path}?${query}` : request.path;
  return { method: request.method, url, headers };
}
