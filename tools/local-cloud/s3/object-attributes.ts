import { AwsError, type WireResponse } from '../kernel.ts';
import { type Bucket, objectOf } from './buckets.ts';
import { xmlChecksums } from './checksums.ts';
import type { S3Request } from './s3-request.ts';
import type { StoredObject } from './stored-object.ts';
import { type XmlContent, xmlResponse } from './xml.ts';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const MAX_PARTS = 1000;

/**
 * GetObjectAttributes: the attributes that `x-amz-object-attributes` lists.
 * @throws AwsError NoSuchKey, InvalidArgument
 */
export function objectAttributes(bucket: Bucket, request: S3Request): WireResponse {
  const wanted = (request.headers['x-amz-object-attributes'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (wanted.length === 0) {
    throw new AwsError('InvalidArgument', 'The x-amz-object-attributes header is required');
  }
  if (!wanted.every((name) => ATTRIBUTES.includes(name))) {
    throw new AwsError('InvalidArgument', 'Invalid attribute name specified.');
  }
  const object = objectOf(bucket, request.key);
  const all: XmlContent = {
    ETag: object.etag.replaceAll('"', ''),
    Checksum: checksum(object),
    ObjectParts: parts(object, request.headers),
    StorageClass: 'STANDARD',
    ObjectSize: object.body.length,
  };
  const content = Object.entries(all).filter(([name]) => wanted.includes(name));
  const response = xmlResponse('GetObjectAttributesResponse', Object.fromEntries(content));
  const headers = { ...response.headers, 'last-modified': object.modifiedAt.toUTCString() };
  return { ...response, headers };
}

function checksum(object: StoredObject): XmlContent | undefined {
  if (Object.keys(object.checksums).length === 0) return undefined;
  return {
    ...xmlChecksums(object.checksums),
    ChecksumType: object.checksumType ?? 'FULL_OBJECT',
  };
}

/** The number of parts. They are listed only if they have checksums, as on AWS. */
function parts(
  object: StoredObject,
  headers: Readonly<Record<string, string>>,
): XmlContent | undefined {
  if (!object.parts) return undefined;
  const PartsCount = object.parts.length;
  if (object.checksumType !== 'COMPOSITE') return { PartsCount };
  const max = Math.min(wholeNumber(headers['x-amz-max-parts']) ?? MAX_PARTS, MAX_PARTS);
  const marker = wholeNumber(headers['x-amz-part-number-marker']) ?? 0;
  const rest = object.parts.filter(({ number }) => number > marker);
  const page = rest.slice(0, max);
  return {
    PartsCount,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: max,
    IsTruncated: page.length < rest.length,
    Part: page.map(({ number, bytes, checksums }) => ({
      PartNumber: number,
      Size: bytes,
      ...xmlChecksums(checksums),
    })),
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new AwsError('InvalidArgument', `${text} is not a whole number`);
}
