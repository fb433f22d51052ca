import { createHash } from 'node:crypto';
import { DetailedAwsError } from '../endpoint/index.ts';
import { uriEncode } from '../endpoint/sigv4.ts';
import { AwsError, type Kernel, type WireResponse } from '../kernel.ts';
import { type Bucket, storeObject } from './buckets.ts';
import { CHECKSUM_PREFIX, checksumOf, xmlChecksums } from './checksums.ts';
import { checkWriteConditions } from './conditions.ts';
import { rejectUndeclaredBody } from './members.ts';
import type { MultipartUpload, UploadedPart } from './multipart-uploads.ts';
import type { S3Request } from './s3-request.ts';
import type { StoredObject } from './stored-object.ts';
import { malformedXml, parseXml, xmlResponse } from './xml.ts';

/** Every part but the last: "Amazon S3 multipart upload limits" in the Amazon S3 User Guide. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

/**
 * CompleteMultipartUpload: joins the listed parts to an object. Like AWS, it answers a repeated
 * request as it answered the first one, as long as the object exists.
 * @returns `created` is absent when the request is repeated
 * @throws AwsError NoSuchUpload, MalformedXML, InvalidPart, InvalidPartOrder, EntityTooSmall,
 * InvalidRequest, BadDigest, PreconditionFailed
 */
export async function completeUpload(
  kernel: Kernel,
  bucket: Bucket,
  request: S3Request,
): Promise<{ created?: StoredObject; response: WireResponse }> {
  const listed = listedParts(request.body);
  const repeated = () => {
    const object = completedBefore(bucket, request, listed);
    return object && { response: completed(kernel, bucket, object) };
  };
  const earlier = repeated();
  if (earlier) return earlier;
  const upload = bucket.uploads.get(request);
  const parts = chosenParts(upload, listed);
  const body = Buffer.concat(parts.map((part) => part.body));
  rejectOtherSize(request.headers['x-amz-mp-object-size'], body.length);
  const checksums = await objectChecksums(upload, parts, body, request.headers);
  // Checked again, because the upload may have been completed in the meantime.
  const meanwhile = repeated();
  if (meanwhile) return meanwhile;
  bucket.uploads.get(request);
  checkWriteConditions(bucket, request);
  const created = storeObject(bucket, {
    key: request.key,
    body,
    headers: upload.headers,
    checksums,
    etag: jointEtag(parts),
    ...(upload.checksumType === undefined ? {} : { checksumType: upload.checksumType }),
    parts: parts.map((part) => ({
      number: part.number,
      bytes: part.body.length,
      checksums: part.checksums,
    })),
    uploadId: upload.id,
  });
  bucket.uploads.remove(upload);
  return { created, response: completed(kernel, bucket, created) };
}

/** The object that a request has already created, from the same parts. */
function completedBefore(
  { objects }: Bucket,
  { query, key }: S3Request,
  listed: readonly ListedPart[],
): StoredObject | undefined {
  const object = objects.get(key);
  if (object?.parts === undefined || object.uploadId !== query.get('uploadId')) return undefined;
  const numbers = object.parts.map(({ number }) => String(number));
  const sameNumbers = listed.map(({ PartNumber }) => PartNumber).join() === numbers.join();
  const tags = listed.map(({ ETag = '' }) => ({ etag: ETag.trim() }));
  return sameNumbers && jointEtag(tags) === object.etag ? object : undefined;
}

function completed(kernel: Kernel, bucket: Bucket, object: StoredObject): WireResponse {
  return xmlResponse('CompleteMultipartUploadResult', {
    Location: `${kernel.endpointUrl}/${bucket.name}/${uriEncode(object.key).replaceAll('%2F', '/')}`,
    Bucket: bucket.name,
    Key: object.key,
    ETag: object.etag,
    ...xmlChecksums(object.checksums),
    ChecksumType: object.checksumType,
  });
}

interface ListedPart {
  readonly PartNumber?: string;
  readonly ETag?: string;
  readonly [checksum: string]: string | undefined;
}

function listedParts(body: Buffer): readonly ListedPart[] {
  const input = parseXml(body, 'CompleteMultipartUpload', ['Part']);
  const { Part: Parts = [], ...others } = input;
  rejectUndeclaredBody('CompleteMultipartUpload', { MultipartUpload: { Parts, ...others } });
  return Parts as readonly ListedPart[];
}

function chosenParts(upload: MultipartUpload, listed: readonly ListedPart[]): UploadedPart[] {
  if (listed.length === 0) throw malformedXml();
  const numbers = listed.map(({ PartNumber }) => Number(PartNumber ?? Number.NaN));
  if (!numbers.every(Number.isInteger)) throw malformedXml();
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] as number))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
    );
  }
  const parts = listed.map((one, index) => matchingPart(upload, numbers[index] as number, one));
  const small = parts.slice(0, -1).find((part) => part.body.length < MIN_PART_BYTES);
  if (!small) return parts;
  throw new DetailedAwsError(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    {
      ProposedSize: small.body.length,
      MinSizeAllowed: MIN_PART_BYTES,
      PartNumber: small.number,
      ETag: small.etag.replaceAll('"', ''),
    },
  );
}

function matchingPart(upload: MultipartUpload, number: number, listed: ListedPart): UploadedPart {
  const part = upload.parts.get(number);
  const sameTag = part && part.etag.replaceAll('"', '') === listed.ETag?.replaceAll('"', '').trim();
  const sameChecksums = Object.entries(xmlChecksums(part?.checksums ?? {})).every(
    ([name, value]) => listed[name] === undefined || listed[name] === value,
  );
  if (part && sameTag && sameChecksums) return part;
  throw new DetailedAwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { UploadId: upload.id, PartNumber: number, ETag: listed.ETag ?? '' },
  );
}

function rejectOtherSize(expected: string | undefined, bytes: number): void {
  if (expected === undefined || Number(expected) === bytes) return;
  throw new AwsError(
    'InvalidRequest',
    `The provided 'x-amz-mp-object-size' header value ${expected} does not match what was computed: ${bytes}`,
  );
}

/** The checksum of the object: of all its bytes, or of the checksums of its parts. */
async function objectChecksums(
  { algorithm, checksumType }: MultipartUpload,
  parts: readonly UploadedPart[],
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  if (algorithm === undefined) return {};
  const header = CHECKSUM_PREFIX + algorithm;
  const ofParts = parts.map((part) => Buffer.from(part.checksums[header] ?? '', 'base64'));
  const value =
    checksumType === 'FULL_OBJECT'
      ? await checksumOf(algorithm, body)
      : `${await checksumOf(algorithm, Buffer.concat(ofParts))}-${parts.length}`;
  const given = headers[header];
  if (given !== undefined && given !== value) {
    const name = algorithm.toUpperCase();
    throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated one`);
  }
  return { [header]: value };
}

function jointEtag(parts: readonly { readonly etag: string }[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex'));
  const digest = createHash('md5').update(Buffer.concat(digests)).digest('hex');
  return `"${digest}-${parts.length}"`;
}
