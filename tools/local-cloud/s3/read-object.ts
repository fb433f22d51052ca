import { AwsError, type WireResponse } from '../kernel.ts';
import { type Bucket, objectOf } from './buckets.ts';
import { type ByteRange, parseRange } from './byte-range.ts';
import { checkReadConditions, rangeApplies } from './conditions.ts';
import { readPartNumber } from './part-number.ts';
import type { S3Request } from './s3-request.ts';
import type { StoredObject } from './stored-object.ts';

/** The `response-…` parameters of a read and the headers they replace. */
const RESPONSE_OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

/**
 * GetObject and HeadObject.
 * @throws AwsError NoSuchKey, PreconditionFailed, InvalidRange, InvalidPartNumber; InvalidRequest
 * for a range and a part at once
 */
export function readObject(bucket: Bucket, request: S3Request): WireResponse {
  const object = objectOf(bucket, request.key);
  const withChecksums = request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  const headers = { ...objectHeaders(object), ...(withChecksums ? checksumHeaders(object) : {}) };
  if (checkReadConditions(object, request.headers)) return { status: 304, headers };
  for (const name of RESPONSE_OVERRIDES) {
    const value = request.query.get(name);
    if (value !== null) headers[name.slice('response-'.length)] = value;
  }
  const range = partOf(object, request) ?? rangeOf(object, request);
  if (!range) {
    headers['content-length'] = String(object.body.length);
    return { status: 200, headers, body: object.body };
  }
  const body = object.body.subarray(range.first, range.last + 1);
  const parts = request.query.has('partNumber') && object.parts;
  return {
    status: 206,
    headers: {
      // Checksums cover the whole object, so a client must not compare them with a part.
      ...Object.fromEntries(
        Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')),
      ),
      ...(parts ? { 'x-amz-mp-parts-count': String(parts.length) } : {}),
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

function rangeOf(object: StoredObject, { headers }: S3Request): ByteRange | undefined {
  if (!rangeApplies(object, headers['if-range'])) return undefined;
  return parseRange(headers.range, object.body.length);
}

/** The bytes of the part that `partNumber` selects. An object without parts is one part. */
function partOf(object: StoredObject, { query, headers }: S3Request): ByteRange | undefined {
  if (!query.has('partNumber')) return undefined;
  if (headers.range !== undefined) {
    throw new AwsError('InvalidRequest', 'Cannot specify both Range header and partNumber');
  }
  const number = readPartNumber(query);
  const sizes = object.parts?.map(({ bytes }) => bytes) ?? [object.body.length];
  const size = sizes[number - 1];
  if (size === undefined) {
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416);
  }
  // An empty object has no range.
  if (object.body.length === 0) return undefined;
  const first = sizes.slice(0, number - 1).reduce((sum, bytes) => sum + bytes, 0);
  return { first, last: first + size - 1 };
}

/** The headers with the checksums of an object and their type. */
export function checksumHeaders(object: StoredObject): Record<string, string> {
  if (Object.keys(object.checksums).length === 0) return {};
  return { ...object.checksums, 'x-amz-checksum-type': object.checksumType ?? 'FULL_OBJECT' };
}
