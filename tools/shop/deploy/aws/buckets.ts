import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

/**
 * Deletes every object, version, delete marker and unfinished upload of a bucket.
 * @returns the number of versions deleted; 0 when the bucket does not exist
 * @throws Error when S3 does not delete one of them
 */
export async function emptyBucket(s3: S3Client, Bucket: string): Promise<number> {
  try {
    await abortUploads(s3, Bucket);
    let deleted = 0;
    // Each round lists from the start, because the round before has deleted what it listed.
    for (;;) {
      const page = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      if (found.length === 0) return deleted;
      const Objects = found.map(
        ({ Key = '', VersionId }): ObjectIdentifier => ({
          Key,
          ...(VersionId ? { VersionId } : {}),
        }),
      );
      const { Errors = [] } = await s3.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
      );
      const [first] = Errors;
      if (first) throw new Error(`S3 cannot delete ${Bucket}/${first.Key}: ${first.Message}`);
      deleted += found.length;
    }
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucket') return 0;
    throw error;
  }
}

async function abortUploads(s3: S3Client, Bucket: string): Promise<void> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  for (const { Key, UploadId } of Uploads) {
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  }
}

/** Whether an object exists. A caller without permission to list the bucket gets 403 for one that does not. */
export async function hasObject(s3: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    const { httpStatusCode } =
      (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
    if (httpStatusCode === 404 || httpStatusCode === 403) return false;
    throw error;
  }
}

/** Stores an object. */
export async function putObject(
  s3: S3Client,
  Bucket: string,
  Key: string,
  Body: Uint8Array,
): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
}

/** Stores a template in the bootstrap bucket. @returns its URL for CloudFormation */
export async function storeTemplate(s3: S3Client, Bucket: string, body: string): Promise<string> {
  const Key = `${createHash('sha256').update(body).digest('hex')}.json`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: body }));
  const region = await s3.config.region();
  return `https://${Bucket}.s3.${region}.amazonaws.com/${Key}`;
}
