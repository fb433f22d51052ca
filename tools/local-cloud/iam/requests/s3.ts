import { isObject } from '../../is-object.ts';
import type { CallInput, RequiredAction } from '../types.ts';
import { each, onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * S3. A presigned address needs the permissions of its signer. A browser's form needs those of
 * PutObject.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export const S3_ACTIONS: ServiceActions = {
  ListBuckets: onEverything('s3:ListAllMyBuckets'),
  CreateBucket: one('s3:CreateBucket', bucketArn),
  HeadBucket: one('s3:ListBucket', bucketArn),
  DeleteBucket: one('s3:DeleteBucket', bucketArn),
  GetBucketLocation: one('s3:GetBucketLocation', bucketArn),
  ListObjects: one('s3:ListBucket', bucketArn),
  ListObjectsV2: one('s3:ListBucket', bucketArn),
  // S3 decides each key on its own: the answer lists the keys that it did not delete.
  DeleteObjects: (input) => each(['s3:DeleteObject'], deletedObjects(input)),
  PutObject: one('s3:PutObject', objectArn),
  CopyObject: copyActions,
  GetObject: one('s3:GetObject', objectArn),
  HeadObject: one('s3:GetObject', objectArn),
  DeleteObject: one('s3:DeleteObject', objectArn),
  GetObjectAttributes: (input) =>
    each(['s3:GetObject', 's3:GetObjectAttributes'], [objectArn(input)]),
  CreateMultipartUpload: one('s3:PutObject', objectArn),
  UploadPart: one('s3:PutObject', objectArn),
  UploadPartCopy: copyActions,
  CompleteMultipartUpload: one('s3:PutObject', objectArn),
  AbortMultipartUpload: one('s3:AbortMultipartUpload', objectArn),
  ListParts: one('s3:ListMultipartUploadParts', objectArn),
  ListMultipartUploads: one('s3:ListBucketMultipartUploads', bucketArn),
};

/**
 * The permission that decides how S3 answers a read of an object that does not exist: 404 with it,
 * 403 without it. Undefined for calls that read no object.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
export function revealsMissingObject(
  operation: string,
  input: CallInput,
): RequiredAction | undefined {
  switch (operation) {
    case 'GetObject':
    case 'HeadObject':
    case 'GetObjectAttributes':
      return { action: 's3:ListBucket', resource: bucketArn(input) };
    case 'CopyObject':
    case 'UploadPartCopy': {
      const [bucket = ''] = copySource(input).split('/');
      return { action: 's3:ListBucket', resource: bucketArn({ Bucket: bucket }) };
    }
    default:
      return undefined;
  }
}

/** A copy reads its source and writes its destination. */
function copyActions(input: CallInput): readonly RequiredAction[] {
  return [
    { action: 's3:GetObject', resource: `arn:aws:s3:::${copySource(input)}` },
    { action: 's3:PutObject', resource: objectArn(input) },
  ];
}

/** `BUCKET/KEY`, decoded, from `/BUCKET/KEY?versionId=…`. */
function copySource({ CopySource }: CallInput): string {
  const [path = ''] = text(CopySource).split('?');
  try {
    return decodeURIComponent(path.replace(/^\//, ''));
  } catch {
    // S3 rejects a source that it cannot decode.
    return path;
  }
}

function deletedObjects({ Bucket, Delete }: CallInput): string[] {
  const objects = isObject(Delete) ? [Delete.Objects ?? []].flat() : [];
  return objects.filter(isObject).map(({ Key }) => objectArn({ Bucket, Key }));
}

function bucketArn({ Bucket }: CallInput): string {
  return `arn:aws:s3:::${text(Bucket)}`;
}

function objectArn({ Bucket, Key }: CallInput): string {
  return `arn:aws:s3:::${text(Bucket)}/${text(Key)}`;
}
