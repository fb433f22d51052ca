import { AwsError, type WireResponse } from '../kernel.ts';
import { type Bucket, objectOf } from './buckets.ts';
import { parseRange } from './byte-range.ts';
import type { S3Request } from './s3-request.ts';
import type { StoredObject } from './stored-object.ts';

/** GetObject's `response-…` parameters and the headers they replace. */
export const RESPONSE_OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

/** GetObject and HeadObject. @throws AwsError NoSuchKey, PreconditionFailed, InvalidRange */
export function readObject(bucket: Bucket, request: S3Request): WireResponse {
  const object = objectOf(bucket, request.key);
  const headers = { ...objectHeaders(object), ...checksumHeaders(object, request) };
  const notModified = checkConditions(object, request.headers);
  if (notModified) return { status: 304, headers };
  for (const name of RESPONSE_OVERRIDES) {
    const value = request.query.get(name);
    if (value !== null) headers[name.slice('response-'.length)] = value;
  }
  const range = parseRange(request.headers.range, object.body.length);
  if (!range) {
    headers['content-length'] = String(object.body.length);
    return { status: 200, headers, body: object.body };
  }
  const body = object.body.subarray(range.first, range.last + 1);
  return {
    status: 206,
    headers: {
      // Checksums cover the whole object, so a client must not compare them with a part.
      ...Object.fromEntries(
        Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')),
      ),
      'content-length': String(body.length),
      'content-range': `bytes ${range.first}-${range.last}/${object.body.length}`,
    },
    body,
  };
}

/** The headers of every response with an object. */
export function objectHeaders(object: StoredObject): Record<string, string> {
  return {
    ...object.headers,
    etag: object.etag,
    'last-modified': object.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
  };
}

function checksumHeaders(object: StoredObject, request: S3Request): Record<string, string> {
  if (request.headers['x-amz-checksum-mode']?.toUpperCase() !== 'ENABLED') return {};
  if (Object.keys(object.checksums).length === 0) return {};
  return { ...object.checksums, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

/**
 * Checks the conditions of a read.
 * @returns true when the client already has the object
 * @throws AwsError PreconditionFailed
 */
function checkConditions(object: StoredObject, headers: Readonly<Record<string, string>>): boolean {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !listsTag(ifMatch, object.etag)) throw preconditionFailed();
  const unmodifiedSince = Date.parse(headers['if-unmodified-since'] ?? '');
  if (ifMatch === undefined && seconds(object.modifiedAt) > unmodifiedSince) {
    throw preconditionFailed();
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return listsTag(ifNoneMatch, object.etag);
  return seconds(object.modifiedAt) <= Date.parse(headers['if-modified-since'] ?? '');
}

/**
 * Checks the conditions of a write: `If-None-Match: *` (no object exists) and `If-Match` (the
 * object has this ETag).
 * @throws AwsError PreconditionFailed, NoSuchKey; NotImplemented for another If-None-Match
 */
export function checkWriteConditions(bucket: Bucket, request: S3Request): void {
  const existing = bucket.objects.get(request.key);
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new AwsError('NotImplemented', 'A PUT supports only If-None-Match: *', 501);
  }
  if (ifNoneMatch === '*' && existing) throw preconditionFailed();
  const ifMatch = request.headers['if-match'];
  if (ifMatch === undefined) return;
  objectOf(bucket, request.key);
  if (!existing || !listsTag(ifMatch, existing.etag)) throw preconditionFailed();
}

function listsTag(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag || `"${tag}"` === etag);
}

/** Truncates to whole seconds, because HTTP dates have no fractions. */
function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}

function preconditionFailed(): AwsError {
  return new AwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  );
}
