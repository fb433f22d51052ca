import type { S3Client } from '@aws-sdk/client-s3';
import { span } from '@triptych/platform/telemetry';
import { type UploadTickets, uploadRules } from '../core/index.ts';

interface Options {
  readonly client: S3Client;
  /** The originals bucket; uploads land under `uploads/`, where nothing is served from. */
  readonly bucket: string;
}

/** Presigned POSTs: unlike a presigned PUT, their policy bounds size and content type, and S3 itself enforces it. */
export function s3Uploads({ client, bucket }: Options): UploadTickets {
  return {
    issue: ({ imageId, contentType }) =>
      span('catalog.issue-upload', { imageId }, async () => {
        // Loaded by the first ticket: only administrators ever need it.
        const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post');
        const { url, fields } = await createPresignedPost(client, {
          Bucket: bucket,
          Key: `uploads/${imageId}`,
          Conditions: [
            ['content-length-range', 1, uploadRules.maxBytes],
            ['eq', '$Content-Type', contentType],
          ],
          Fields: { 'Content-Type': contentType },
          Expires: uploadRules.ticketSeconds,
        });
        return { url, fields };
      }),
  };
}
