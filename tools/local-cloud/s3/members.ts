import {
  type BoundMember,
  type MemberTable,
  type RestMemberTable,
  rejectUndeclared,
} from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';

const header = (name: string): BoundMember => ({ header: name, support: 'honoured' });
const query = (name: string): BoundMember => ({ query: name, support: 'honoured' });

/** The error of S3 for a request member that is not supported. */
export function notImplemented(message: string): AwsError {
  return new AwsError('NotImplemented', message, 501);
}

const BUCKET = {
  Bucket: 'honoured',
  ExpectedBucketOwner: header('x-amz-expected-bucket-owner'),
} as const;
const OBJECT = { ...BUCKET, Key: 'honoured' } as const;

const CHECKSUMS = {
  ChecksumCRC32: header('x-amz-checksum-crc32'),
  ChecksumCRC32C: header('x-amz-checksum-crc32c'),
  ChecksumCRC64NVME: header('x-amz-checksum-crc64nvme'),
  ChecksumSHA1: header('x-amz-checksum-sha1'),
  ChecksumSHA256: header('x-amz-checksum-sha256'),
  ChecksumSHA512: header('x-amz-checksum-sha512'),
  ChecksumMD5: header('x-amz-checksum-md5'),
} as const;

const SENT_BODY = {
  ...CHECKSUMS,
  Body: 'honoured',
  ContentLength: header('content-length'),
  ContentMD5: header('content-md5'),
  ChecksumAlgorithm: header('x-amz-sdk-checksum-algorithm'),
} as const;

/** Headers that are stored with an object. */
const STORED = {
  CacheControl: header('cache-control'),
  ContentDisposition: header('content-disposition'),
  ContentEncoding: header('content-encoding'),
  ContentLanguage: header('content-language'),
  ContentType: header('content-type'),
  Expires: header('expires'),
  Metadata: { headerPrefix: 'x-amz-meta-', support: 'honoured' },
} as const;

const WRITE_CONDITIONS = {
  IfMatch: header('if-match'),
  IfNoneMatch: header('if-none-match'),
} as const;

const SOURCE = {
  CopySource: header('x-amz-copy-source'),
  CopySourceIfMatch: header('x-amz-copy-source-if-match'),
  CopySourceIfModifiedSince: header('x-amz-copy-source-if-modified-since'),
  CopySourceIfNoneMatch: header('x-amz-copy-source-if-none-match'),
  CopySourceIfUnmodifiedSince: header('x-amz-copy-source-if-unmodified-since'),
  ExpectedSourceBucketOwner: header('x-amz-source-expected-bucket-owner'),
} as const;

const READ = {
  ...OBJECT,
  ...WRITE_CONDITIONS,
  IfModifiedSince: header('if-modified-since'),
  IfUnmodifiedSince: header('if-unmodified-since'),
  Range: header('range'),
  PartNumber: query('partNumber'),
  ChecksumMode: header('x-amz-checksum-mode'),
  ResponseCacheControl: query('response-cache-control'),
  ResponseContentDisposition: query('response-content-disposition'),
  ResponseContentEncoding: query('response-content-encoding'),
  ResponseContentLanguage: query('response-content-language'),
  ResponseContentType: query('response-content-type'),
  ResponseExpires: query('response-expires'),
} as const;

const LIST = {
  ...BUCKET,
  Delimiter: query('delimiter'),
  EncodingType: query('encoding-type'),
  MaxKeys: query('max-keys'),
  Prefix: query('prefix'),
} as const;

const UPLOAD = { ...OBJECT, UploadId: query('uploadId') } as const;

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
    MaxBuckets: query('max-buckets'),
    ContinuationToken: query('continuation-token'),
    Prefix: query('prefix'),
    BucketRegion: query('bucket-region'),
  },
  CreateBucket: {
    Bucket: 'honoured',
    ...S3_BODIES.CreateBucket,
  },
  HeadBucket: BUCKET,
  DeleteBucket: BUCKET,
  GetBucketLocation: BUCKET,
  ListObjects: { ...LIST, Marker: query('marker') },
  ListObjectsV2: {
    ...LIST,
    ContinuationToken: query('continuation-token'),
    FetchOwner: query('fetch-owner'),
    StartAfter: query('start-after'),
  },
  DeleteObjects: {
    ...BUCKET,
    ...S3_BODIES.DeleteObjects,
    ChecksumAlgorithm: header('x-amz-sdk-checksum-algorithm'),
  },
  PutObject: { ...OBJECT, ...SENT_BODY, ...STORED, ...WRITE_CONDITIONS },
  CopyObject: {
    ...OBJECT,
    ...SOURCE,
    ...STORED,
    ...WRITE_CONDITIONS,
    ChecksumAlgorithm: header('x-amz-checksum-algorithm'),
    MetadataDirective: header('x-amz-metadata-directive'),
  },
  GetObject: READ,
  HeadObject: READ,
  DeleteObject: { ...OBJECT, IfMatch: header('if-match') },
  GetObjectAttributes: {
    ...OBJECT,
    ObjectAttributes: header('x-amz-object-attributes'),
    MaxParts: header('x-amz-max-parts'),
    PartNumberMarker: header('x-amz-part-number-marker'),
  },
  CreateMultipartUpload: {
    ...OBJECT,
    ...STORED,
    ChecksumAlgorithm: header('x-amz-checksum-algorithm'),
    ChecksumType: header('x-amz-checksum-type'),
  },
  UploadPart: { ...UPLOAD, ...SENT_BODY, PartNumber: query('partNumber') },
  UploadPartCopy: {
    ...UPLOAD,
    ...SOURCE,
    PartNumber: query('partNumber'),
    CopySourceRange: header('x-amz-copy-source-range'),
  },
  CompleteMultipartUpload: {
    ...UPLOAD,
    ...CHECKSUMS,
    ...WRITE_CONDITIONS,
    ChecksumType: header('x-amz-checksum-type'),
    MpuObjectSize: header('x-amz-mp-object-size'),
    ...S3_BODIES.CompleteMultipartUpload,
  },
  AbortMultipartUpload: UPLOAD,
  ListParts: {
    ...UPLOAD,
    MaxParts: query('max-parts'),
    PartNumberMarker: query('part-number-marker'),
  },
  ListMultipartUploads: {
    ...BUCKET,
    Delimiter: query('delimiter'),
    EncodingType: query('encoding-type'),
    KeyMarker: query('key-marker'),
    MaxUploads: query('max-uploads'),
    Prefix: query('prefix'),
    UploadIdMarker: query('upload-id-marker'),
  },
} as const satisfies RestMemberTable;

export type S3Operation = keyof typeof S3_MEMBERS;
