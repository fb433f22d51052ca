import type { S3Client } from '@aws-sdk/client-s3';
import { span } from '@triptych/platform/telemetry';
import { MAX_UPLOAD_BYTES, TICKET_SECONDS, type UploadTickets } from '../core/index.ts';

interface Options {
  readonly client: S3Client;
  /** The originals bucket. Uploads go under `uploads/`, from which nothing is served. */
  readonly bucket: string;
}

/** Presigned POSTs. Unlike a presigned PUT, they limit the size and the content type. */
export function s3Uploads({ client, bucket }: Options): UploadTickets {
  return {
    issue: ({ imageId, contentType }) =>
      span('catalog.issue-upload', { imageId }, async () => {
        // Loaded on first use, to keep it out of cold starts: only administrators need it.
        const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post');
        const { url, fields } = await createPresignedPost(client, {
          Bucket: bucket,
          Key: `uploads/${imageId}`,
          Conditions: [
            ['content-length-range', 1, MAX_UPLOAD_BYTES],
            ['eq', '$Content-Type', contentType],
          ],
          Fields: { 'Content-Type': contentType },
          Expires: TICKET_SECONDS,
        });
        return { url, fields };
      }),
  };
}
