import {
  inHeader,
  inQuery,
  type MemberTable,
  type RestMemberTable,
  rejectUndeclared,
} from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';

/** The error of S3 for a request member that is not supported. */
export function notImplemented(message: string): AwsError {
  return new AwsError('NotImplemented', message, 501);
}

const BUCKET = {
  Bucket: 'honoured',
  ExpectedBucketOwner: inHeader('x-amz-expected-bucket-owner'),
} as const;
const OBJECT = { ...BUCKET, Key: 'honoured' } as const;

const CHECKSUMS = {
  ChecksumCRC32: inHeader('x-amz-checksum-crc32'),
  ChecksumCRC32C: inHeader('x-amz-checksum-crc32c'),
  ChecksumCRC64NVME: inHeader('x-amz-checksum-crc64nvme'),
  ChecksumSHA1: inHeader('x-amz-checksum-sha1'),
  ChecksumSHA256: inHeader('x-amz-checksum-sha256'),
  ChecksumSHA512: inHeader('x-amz-checksum-sha512'),
  ChecksumMD5: inHeader('x-amz-checksum-md5'),
} as const;

const SENT_BODY = {
  ...CHECKSUMS,
  Body: 'honoured',
  ContentLength: inHeader('content-length'),
  ContentMD5: inHeader('content-md5'),
  ChecksumAlgorithm: inHeader('x-amz-sdk-checksum-algorithm'),
} as const;

/** Headers that are stored with an object. */
const STORED = {
  CacheControl: inHeader('cache-control'),
  ContentDisposition: inHeader('content-disposition'),
  ContentEncoding: inHeader('content-encoding'),
  ContentLanguage: inHeader('content-language'),
  ContentType: inHeader('content-type'),
  Expires: inHeader('expires'),
  Metadata: { headerPrefix: 'x-amz-meta-', support: 'honoured' },
} as const;

const WRITE_CONDITIONS = {
  IfMatch: inHeader('if-match'),
  IfNoneMatch: inHeader('if-none-match'),
} as const;

const SOURCE = {
  CopySource: inHeader('x-amz-copy-source'),
  CopySourceIfMatch: inHeader('x-amz-copy-source-if-match'),
  CopySourceIfModifiedSince: inHeader('x-amz-copy-source-if-modified-since'),
  CopySourceIfNoneMatch: inHeader('x-amz-copy-source-if-none-match'),
  CopySourceIfUnmodifiedSince: inHeader('x-amz-copy-source-if-unmodified-since'),
  ExpectedSourceBucketOwner: inHeader('x-amz-source-expected-bucket-owner'),
} as const;

const READ = {
  ...OBJECT,
  ...WRITE_CONDITIONS,
  IfModifiedSince: inHeader('if-modified-since'),
  IfUnmodifiedSince: inHeader('if-unmodified-since'),
  Range: inHeader('range'),
  PartNumber: inQuery('partNumber'),
  ChecksumMode: inHeader('x-amz-checksum-mode'),
  ResponseCacheControl: inQuery('response-cache-control'),
  ResponseContentDisposition: inQuery('response-content-disposition'),
  ResponseContentEncoding: inQuery('response-content-encoding'),
  ResponseContentLanguage: inQuery('response-content-language'),
  ResponseContentType: inQuery('response-content-type'),
  ResponseExpires: inQuery('response-expires'),
} as const;

const LIST = {
  ...BUCKET,
  Delimiter: inQuery('delimiter'),
  EncodingType: inQuery('encoding-type'),
  MaxKeys: inQuery('max-keys'),
  Prefix: inQuery('prefix'),
} as const;

const UPLOAD = { ...OBJECT, UploadId: inQuery('uploadId') } as const;

const COMPLETED_PART = {
  PartNumber: 'honoured',
  ETag: 'honoured',
  ChecksumCRC32: 'honoured',
  ChecksumCRC32C: 'honoured',
  ChecksumCRC64NVME: 'honoured',
  ChecksumSHA1: 'honoured',
  ChecksumSHA256: 'honoured',
  ChecksumSHA512: 'honoured',
  ChecksumMD5: 'honoured',
} as const;

/** The supported members of XML bodies, by their names in the model. */
export const S3_BODIES = {
  CreateBucket: {
    CreateBucketConfiguration: { members: { LocationConstraint: 'honoured' } },
  },
  DeleteObjects: {
    Delete: {
      members: { Objects: { members: { Key: 'honoured', ETag: 'honoured' } }, Quiet: 'honoured' },
    },
  },
  CompleteMultipartUpload: {
    MultipartUpload: { members: { Parts: { members: COMPLETED_PART } } },
  },
} as const satisfies MemberTable;

/** @throws AwsError NotImplemented that names the members of a body that are not supported */
export function rejectUndeclaredBody(operation: keyof typeof S3_BODIES, body: object): void {
  rejectUndeclared(body, S3_BODIES[operation], operation, notImplemented);
}

/** The request members that the local S3 supports. Any other member is an error. */
export const S3_MEMBERS = {
  ListBuckets: {
    MaxBuckets: inQuery('max-buckets'),
    ContinuationToken: inQuery('continuation-token'),
    Prefix: inQuery('prefix'),
    BucketRegion: inQuery('bucket-region'),
  },
  CreateBucket: {
    Bucket: 'honoured',
    ...S3_BODIES.CreateBucket,
  },
  HeadBucket: BUCKET,
  DeleteBucket: BUCKET,
  GetBucketLocation: BUCKET,
  ListObjects: { ...LIST, Marker: inQuery('marker') },
  ListObjectsV2: {
    ...LIST,
    ContinuationToken: inQuery('continuation-token'),
    FetchOwner: inQuery('fetch-owner'),
    StartAfter: inQuery('start-after'),
  },
  DeleteObjects: {
    ...BUCKET,
    ...S3_BODIES.DeleteObjects,
    ChecksumAlgorithm: inHeader('x-amz-sdk-checksum-algorithm'),
  },
  PutObject: { ...OBJECT, ...SENT_BODY, ...STORED, ...WRITE_CONDITIONS },
  CopyObject: {
    ...OBJECT,
    ...SOURCE,
    ...STORED,
    ...WRITE_CONDITIONS,
    ChecksumAlgorithm: inHeader('x-amz-checksum-algorithm'),
    MetadataDirective: inHeader('x-amz-metadata-directive'),
  },
  GetObject: READ,
  HeadObject: READ,
  DeleteObject: { ...OBJECT, IfMatch: inHeader('if-match') },
  GetObjectAttributes: {
    ...OBJECT,
    ObjectAttributes: inHeader('x-amz-object-attributes'),
    MaxParts: inHeader('x-amz-max-parts'),
    PartNumberMarker: inHeader('x-amz-part-number-marker'),
  },
  CreateMultipartUpload: {
    ...OBJECT,
    ...STORED,
    ChecksumAlgorithm: inHeader('x-amz-checksum-algorithm'),
    ChecksumType: inHeader('x-amz-checksum-type'),
  },
  UploadPart: { ...UPLOAD, ...SENT_BODY, PartNumber: inQuery('partNumber') },
  UploadPartCopy: {
    ...UPLOAD,
    ...SOURCE,
    PartNumber: inQuery('partNumber'),
    CopySourceRange: inHeader('x-amz-copy-source-range'),
  },
  CompleteMultipartUpload: {
    ...UPLOAD,
    ...CHECKSUMS,
    ...WRITE_CONDITIONS,
    ChecksumType: inHeader('x-amz-checksum-type'),
    MpuObjectSize: inHeader('x-amz-mp-object-size'),
    ...S3_BODIES.CompleteMultipartUpload,
  },
  AbortMultipartUpload: UPLOAD,
  ListParts: {
    ...UPLOAD,
    MaxParts: inQuery('max-parts'),
    PartNumberMarker: inQuery('part-number-marker'),
  },
  ListMultipartUploads: {
    ...BUCKET,
    Delimiter: inQuery('delimiter'),
    EncodingType: inQuery('encoding-type'),
    KeyMarker: inQuery('key-marker'),
    MaxUploads: inQuery('max-uploads'),
    Prefix: inQuery('prefix'),
    UploadIdMarker: inQuery('upload-id-marker'),
  },
} as const satisfies RestMemberTable;

export type S3Operation = keyof typeof S3_MEMBERS;
