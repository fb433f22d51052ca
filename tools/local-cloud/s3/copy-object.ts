import { AwsError, type WireResponse } from '../kernel.ts';
import { type Buckets, objectOf, storeObject } from './buckets.ts';
import { CHECKSUM_PREFIX, checksumOf, xmlChecksums } from './checksums.ts';
import { checkSourceConditions, checkWriteConditions } from './conditions.ts';
import { notImplemented } from './members.ts';
import { addressOf, type S3Request } from './s3-request.ts';
import { storedHeaders } from './stored-headers.ts';
import type { StoredObject } from './stored-object.ts';
import { xmlResponse } from './xml.ts';

/**
 * CopyObject.
 * @throws AwsError NoSuchBucket, NoSuchKey, InvalidArgument, PreconditionFailed; InvalidRequest for
 * a copy of an object to itself without new metadata
 */
export async function copyObject(
  buckets: Buckets,
  request: S3Request,
): Promise<{ object: StoredObject; response: WireResponse }> {
  const directive = request.headers['x-amz-metadata-directive'] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new AwsError('InvalidArgument', `Unknown metadata directive: ${directive}`);
  }
  const { source, original } = copySource(buckets, request);
  const itself = source.bucket === request.bucket && source.key === request.key;
  if (itself && directive === 'COPY') {
    throw new AwsError(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself',
    );
  }
  const algorithm = request.headers['x-amz-checksum-algorithm']?.toLowerCase();
  const checksums =
    algorithm === undefined
      ? wholeChecksums(original)
      : { [CHECKSUM_PREFIX + algorithm]: await checksumOf(algorithm, original.body) };
  const bucket = buckets.get(request.bucket);
  checkWriteConditions(bucket, request);
  const object = storeObject(bucket, {
    key: request.key,
    body: original.body,
    headers: directive === 'COPY' ? original.headers : storedHeaders(request.headers),
    checksums,
  });
  return {
    object,
    response: xmlResponse('CopyObjectResult', {
      LastModified: object.modifiedAt,
      ETag: object.etag,
      ...xmlChecksums(object.checksums),
    }),
  };
}

/**
 * The source of a copy, with its conditions checked.
 * @throws AwsError NoSuchBucket, NoSuchKey, PreconditionFailed; NotImplemented for a version
 */
export function copySource(
  buckets: Buckets,
  { headers }: S3Request,
): { source: { bucket: string; key: string }; original: StoredObject } {
  const [path = '', version] = (headers['x-amz-copy-source'] ?? '').split('?', 2);
  if (version !== undefined) {
    throw notImplemented(`The local cloud does not support a copy source with ${version}`);
  }
  const source = addressOf(`/${path.replace(/^\//, '')}`);
  if (source.key === '') {
    throw new AwsError('InvalidArgument', 'Copy Source must mention the source bucket and key');
  }
  const original = objectOf(buckets.get(source.bucket), source.key);
  checkSourceConditions(original, headers);
  return { source, original };
}

/** A checksum of parts does not hold for the copy, which is one piece. */
function wholeChecksums(original: StoredObject): Readonly<Record<string, string>> {
  return original.checksumType === 'COMPOSITE' ? {} : original.checksums;
}
