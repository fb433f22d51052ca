import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type VariantStore, variantKey } from '../core/index.ts';
import { readBody, unlessMissing } from './s3-objects.ts';

/** Variants in a bucket of their own, with the headers a CDN passes on when it serves them from there. */
export function s3Variants(options: { client: S3Client; bucket: string }): VariantStore {
  const { client, bucket: Bucket } = options;
  return {
    async find(variant, { maxBytes }) {
      const command = new GetObjectCommand({ Bucket, Key: variantKey(variant) });
      const answer = await unlessMissing(client.send(command));
      if (answer === undefined) return undefined;
      const bytes = await readBody(answer, maxBytes);
      const sizeBytes = answer.ContentLength ?? 0;
      return bytes ? { sizeBytes, bytes } : { sizeBytes };
    },
    async save(variant, bytes) {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: variantKey(variant),
          Body: bytes,
          ContentType: `image/${variant.format}`,
          CacheControl: 'public, max-age=31536000, immutable',
        }),
      );
    },
  };
}
