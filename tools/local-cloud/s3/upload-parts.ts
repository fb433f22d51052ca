import { AwsError, type WireResponse } from '../kernel.ts';
import type { Bucket, Buckets } from './buckets.ts';
import { CHECKSUM_PREFIX, checksumOf, xmlChecksums } from './checksums.ts';
import { copySource } from './copy-object.ts';
import type { MultipartUpload } from './multipart-uploads.ts';
import { readPartNumber } from './part-number.ts';
import type { S3Request } from './s3-request.ts';
import { storedHeaders } from './stored-headers.ts';
import type { ChecksumType } from './stored-object.ts';
import { xmlResponse } from './xml.ts';

/** How AWS combines the checksums of parts, unless the client chooses. */
const DEFAULT_TYPE: Readonly<Record<string, ChecksumType>> = { crc64nvme: 'FULL_OBJECT' };
const FULL_OBJECT_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme'];

/** CreateMultipartUpload. @throws AwsError InvalidRequest, NotImplemented */
export async function createUpload(bucket: Bucket, request: S3Request): Promise<WireResponse> {
  const { key, headers } = request;
  const algorithm = headers['x-amz-checksum-algorithm']?.toLowerCase();
  const checksumType = readChecksumType(algorithm, headers['x-amz-checksum-type']);
  // Rejects an unsupported algorithm before a part arrives.
  if (algorithm !== undefined) await checksumOf(algorithm, Buffer.alloc(0));
  const upload = bucket.uploads.create({
    key,
    headers: storedHeaders(headers),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(checksumType === undefined ? {} : { checksumType }),
  });
  const response = xmlResponse('InitiateMultipartUploadResult', {
    Bucket: bucket.name,
    Key: key,
    UploadId: upload.id,
  });
  return {
    ...response,
    headers: {
      ...response.headers,
      ...(algorithm ? { 'x-amz-checksum-algorithm': algorithm.toUpperCase() } : {}),
      ...(checksumType ? { 'x-amz-checksum-type': checksumType } : {}),
    },
  };
}

/** UploadPart. @throws AwsError NoSuchUpload, InvalidArgument, InvalidRequest, EntityTooLarge */
export async function uploadPart(bucket: Bucket, request: S3Request): Promise<WireResponse> {
  const number = readPartNumber(request.query);
  const upload = bucket.uploads.get(request);
  const checksums = await partChecksums(upload, request.body, request.checksums);
  // Looked up again, because the upload may have been completed in the meantime.
  const current = bucket.uploads.get(request);
  const part = bucket.uploads.putPart(current, number, request.body, checksums);
  return { status: 200, headers: { etag: part.etag, ...request.checksums } };
}

/**
 * UploadPartCopy: a part from an object, or from a range of its bytes.
 * @throws AwsError NoSuchUpload, NoSuchKey, InvalidArgument, PreconditionFailed
 */
export async function uploadPartCopy(buckets: Buckets, request: S3Request): Promise<WireResponse> {
  const bucket = buckets.get(request.bucket);
  const number = readPartNumber(request.query);
  const upload = bucket.uploads.get(request);
  const { original } = copySource(buckets, request);
  const body = sourceRange(original.body, request.headers['x-amz-copy-source-range']);
  const checksums = await partChecksums(upload, body, {});
  const current = bucket.uploads.get(request);
  const part = bucket.uploads.putPart(current, number, body, checksums);
  return xmlResponse('CopyPartResult', {
    LastModified: part.modifiedAt,
    ETag: part.etag,
    ...xmlChecksums(checksums),
  });
}

function readChecksumType(
  algorithm: string | undefined,
  given: string | undefined,
): ChecksumType | undefined {
  if (algorithm === undefined) {
    if (given === undefined) return undefined;
    throw new AwsError(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const type = given ?? DEFAULT_TYPE[algorithm] ?? 'COMPOSITE';
  const allowed =
    type === 'FULL_OBJECT'
      ? FULL_OBJECT_ALGORITHMS.includes(algorithm)
      : type === 'COMPOSITE' && algorithm !== 'crc64nvme';
  if (allowed) return type as ChecksumType;
  const name = algorithm.toUpperCase();
  throw new AwsError(
    'InvalidRequest',
    `The ${type} checksum type cannot be used with the ${name} checksum algorithm.`,
  );
}

/** The verified checksums of a part. One of the upload's algorithm is computed if it is missing. */
async function partChecksums(
  { algorithm }: MultipartUpload,
  body: Buffer,
  given: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  if (algorithm === undefined) return given;
  const header = CHECKSUM_PREFIX + algorithm;
  const other = Object.keys(given).find((name) => name !== header);
  if (other !== undefined) {
    const actual = other.slice(CHECKSUM_PREFIX.length);
    throw new AwsError(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm}, actual checksum Type: ${actual}`,
    );
  }
  return given[header] === undefined ? { [header]: await checksumOf(algorithm, body) } : given;
}

function sourceRange(body: Buffer, range: string | undefined): Buffer {
  if (range === undefined) return body;
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === '' || Number(first) > Number(last)) {
    throw new AwsError(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (Number(last) >= body.length) {
    throw new AwsError(
      'InvalidArgument',
      `Range specified is not valid for source object of size: ${body.length}`,
    );
  }
  return body.subarray(Number(first), Number(last) + 1);
}
