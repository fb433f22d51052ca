import { fromPageToken, toPageToken } from '../endpoint/page-token.ts';
import { AwsError, type WireResponse } from '../kernel.ts';
import type { Bucket } from './buckets.ts';
import { xmlChecksums } from './checksums.ts';
import { compareBytes, type KeyPage, keyPage, readEncoding, readMaximum } from './list-page.ts';
import { OWNER } from './owner.ts';
import type { S3Request } from './s3-request.ts';
import type { StoredObject } from './stored-object.ts';
import { type XmlContent, xmlResponse } from './xml.ts';

/**
 * ListObjectsV2: keys in byte order, in pages, grouped by a delimiter.
 * @throws AwsError InvalidArgument
 */
export function listObjectsV2(bucket: Bucket, { query }: S3Request): WireResponse {
  const token = query.get('continuation-token') ?? undefined;
  const startAfter = query.get('start-after') ?? undefined;
  const scope = `objects of ${bucket.name}`;
  const after = token === undefined ? (startAfter ?? '') : fromPageToken(scope, token);
  if (after === undefined) {
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  }
  const { encode, maxKeys, page, shared } = listed(bucket, query, after);
  return xmlResponse('ListBucketResult', {
    ...shared,
    MaxKeys: maxKeys,
    KeyCount: page.items.length + page.folders.length,
    StartAfter: startAfter === undefined ? undefined : encode(startAfter),
    ContinuationToken: token,
    NextContinuationToken: page.last && toPageToken(scope, page.last.entry),
    Contents: page.items.map((object) =>
      described(object, encode, query.get('fetch-owner') === 'true'),
    ),
    CommonPrefixes: prefixes(page, encode),
  });
}

/** ListObjects, version 1. @throws AwsError InvalidArgument */
export function listObjectsV1(bucket: Bucket, { query }: S3Request): WireResponse {
  const marker = query.get('marker') ?? '';
  const { encode, maxKeys, page, shared } = listed(bucket, query, marker);
  return xmlResponse('ListBucketResult', {
    ...shared,
    Marker: encode(marker),
    // Without a delimiter, clients continue after the last key.
    NextMarker: page.last && shared.Delimiter ? encode(page.last.entry) : undefined,
    MaxKeys: maxKeys,
    Contents: page.items.map((object) => described(object, encode, true)),
    CommonPrefixes: prefixes(page, encode),
  });
}

function listed(bucket: Bucket, query: URLSearchParams, after: string) {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = readMaximum(query, 'max-keys');
  const encode = readEncoding(query);
  const objects = [...bucket.objects.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .sort((a, b) => compareBytes(a.key, b.key));
  const page = keyPage(objects, {
    ...{ prefix, delimiter, after, max: maxKeys },
    isAfter: ({ key }) => after === '' || compareBytes(key, after) > 0,
  });
  const shared = {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: query.has('encoding-type') ? 'url' : undefined,
    IsTruncated: page.last !== undefined,
  };
  return { encode, maxKeys, page, shared };
}

function described(
  object: StoredObject,
  encode: (text: string) => string,
  withOwner: boolean,
): XmlContent {
  const [algorithm] = Object.keys(xmlChecksums(object.checksums));
  return {
    Key: encode(object.key),
    LastModified: object.modifiedAt,
    ETag: object.etag,
    ChecksumAlgorithm: algorithm?.slice('Checksum'.length),
    ChecksumType: algorithm && (object.checksumType ?? 'FULL_OBJECT'),
    Size: object.body.length,
    Owner: withOwner ? OWNER : undefined,
    StorageClass: 'STANDARD',
  };
}

function prefixes(page: KeyPage<StoredObject>, encode: (text: string) => string): XmlContent[] {
  return page.folders.map((folder) => ({ Prefix: encode(folder) }));
}
