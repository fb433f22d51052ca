import { AwsError, type WireResponse } from '../kernel.ts';
import { type Buckets, objectOf, storeObject } from './buckets.ts';
import { addressOf, type S3Request } from './s3-request.ts';
import { storedHeaders } from './stored-headers.ts';
import type { StoredObject } from './stored-object.ts';
import { xmlResponse } from './xml.ts';

/**
 * CopyObject.
 * @throws AwsError NoSuchBucket, NoSuchKey, InvalidArgument; InvalidRequest for a copy of an object
 * to itself without new metadata
 */
export function copyObject(
  buckets: Buckets,
  request: S3Request,
): { object: StoredObject; response: WireResponse } {
  const source = addressOf(`/${(request.headers['x-amz-copy-source'] ?? '').replace(/^\//, '')}`);
  const directive = request.headers['x-amz-metadata-directive'] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new AwsError('InvalidArgument', `Unknown metadata directive: ${directive}`);
  }
  const itself = source.bucket === request.bucket && source.key === request.key;
  if (itself && directive === 'COPY') {
    throw new AwsError(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself',
    );
  }
  const original = objectOf(buckets.get(source.bucket), source.key);
  const object = storeObject(buckets.get(request.bucket), {
    key: request.key,
    body: original.body,
    headers: directive === 'COPY' ? original.headers : storedHeaders(request.headers),
    checksums: original.checksums,
  });
  const content =
    `<LastModified>${object.modifiedAt.toISOString()}</LastModified>` +
    `<ETag>&quot;${object.etag.replaceAll('"', '')}&quot;</ETag>`;
  return { object, response: xmlResponse('CopyObjectResult', content) };
}
