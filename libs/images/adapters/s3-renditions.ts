import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { RENDITION_CACHE_CONTROL, type RenditionStore, renditionKey } from '../core/index.ts';
import { readBody, unlessMissing } from './s3-objects.ts';

/** Renditions in a bucket, with the headers that a CDN sends when it serves them from there. */
export function s3Renditions(options: { client: S3Client; bucket: string }): RenditionStore {
  const { client, bucket: Bucket } = options;
  return {
    async find(rendition, { maxBytes }) {
      const command = new GetObjectCommand({ Bucket, Key: renditionKey(rendition) });
      const answer = await unlessMissing(client.send(command));
      if (answer === undefined) return undefined;
      const bytes = await readBody(answer, maxBytes);
      const sizeBytes = answer.ContentLength ?? 0;
      return bytes ? { sizeBytes, bytes } : { sizeBytes };
    },
    async save(rendition, bytes) {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: renditionKey(rendition),
          Body: bytes,
          ContentType: `image/${rendition.format}`,
          CacheControl: RENDITION_CACHE_CONTROL,
        }),
      );
    },
  };
}
