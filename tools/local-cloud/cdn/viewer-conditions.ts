import { parseRange } from '../s3/byte-range.ts';
import { type CdnRequest, type CdnResponse, errorResponse } from './viewer-request.ts';

/**
 * Returns what a conditional or range request gets instead of a whole 200 response: 304 when the
 * viewer already has this version, 206 for a part of it, or 416. A range is served from the cache,
 * or when the origin supports ranges; otherwise the whole response is sent (CloudFront Developer
 * Guide, "How CloudFront processes partial requests for an object").
 */
export function conditioned(
  request: CdnRequest,
  response: CdnResponse,
  fromCache: boolean,
): CdnResponse {
  if (response.status !== 200) return response;
  if (isUnchanged(request, response)) return { ...response, status: 304, body: Buffer.alloc(0) };
  const supportsRanges = fromCache || response.headers['accept-ranges'] === 'bytes';
  return request.method === 'GET' && supportsRanges ? partOf(request, response) : response;
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** If-None-Match takes precedence over If-Modified-Since (RFC 9110, section 13.2.2). */
function isUnchanged({ headers }: CdnRequest, response: CdnResponse): boolean {
  const { etag, 'last-modified': modified } = response.headers;
  const known = headers['if-none-match'];
  if (known !== undefined) {
    if (etag === undefined) return false;
    const tags = known.split(',').map(opaque);
    return known.trim() === '*' || tags.includes(opaque(String(etag)));
  }
  const since = headers['if-modified-since'];
  if (since === undefined || modified === undefined) return false;
  return Date.parse(String(modified)) <= Date.parse(since);
}

function partOf({ headers }: CdnRequest, response: CdnResponse): CdnResponse {
  const { etag, 'last-modified': modified } = response.headers;
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== etag && condition !== modified) return response;
  const size = response.body.length;
  try {
    const range = parseRange(headers.range, size);
    if (!range) return response;
    const { first, last } = range;
    const partial = { ...response.headers, 'content-range': `bytes ${first}-${last}/${size}` };
    return { status: 206, headers: partial, body: response.body.subarray(first, last + 1) };
  } catch {
    const { headers: own, ...failed } = errorResponse(416, 'The range is not satisfiable');
    return { ...failed, headers: { ...own, 'content-range': `bytes */${size}` } };
  }
}
