import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { OriginalFacts, OriginalStore } from '../core/index.ts';
import { maxOriginalBytes } from '../core/index.ts';
import { readBody, unlessMissing } from './s3-objects.ts';

/** Where catalog's presigned forms put an upload, and where serving finds an original. */
const uploadKey = (imageId: string) => `uploads/${imageId}`;
const originalKey = (imageId: string) => `originals/${imageId}`;

/** Originals and uploads in one bucket; what is known of an original travels as its metadata. */
export function s3Originals(options: {
  client: S3Client;
  bucket: string;
}): OriginalStore & { ping(): Promise<void> } {
  const { client, bucket: Bucket } = options;

  const store: OriginalStore = {
    async readUpload(imageId, maxBytes) {
      const command = new GetObjectCommand({ Bucket, Key: uploadKey(imageId) });
      const answer = await unlessMissing(client.send(command));
      if (answer === undefined) return 'missing';
      return (await readBody(answer, maxBytes)) ?? 'too-large';
    },

    async keep(imageId, bytes, facts) {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket,
            Key: originalKey(imageId),
            Body: bytes,
            ContentType: `image/${facts.format}`,
            Metadata: {
              'width-px': String(facts.widthPx),
              'height-px': String(facts.heightPx),
              format: facts.format,
            },
            IfNoneMatch: '*',
          }),
        );
        return facts;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'PreconditionFailed') throw error;
        const kept = await store.facts(imageId);
        if (kept === undefined) throw error;
        return kept;
      }
    },

    async facts(imageId) {
      const command = new HeadObjectCommand({ Bucket, Key: originalKey(imageId) });
      const answer = await unlessMissing(client.send(command));
      return answer && factsOf(imageId, answer.Metadata ?? {});
    },

    async read(imageId) {
      const command = new GetObjectCommand({ Bucket, Key: originalKey(imageId) });
      const answer = await unlessMissing(client.send(command));
      return answer && readBody(answer, maxOriginalBytes);
    },

    async removeUpload(imageId) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: uploadKey(imageId) }));
    },
  };

  return {
    ...store,
    async ping() {
      await client.send(new HeadBucketCommand({ Bucket }));
    },
  };
}

function factsOf(imageId: string, metadata: Record<string, string>): OriginalFacts {
  const widthPx = Number(metadata['width-px']);
  const heightPx = Number(metadata['height-px']);
  const format = metadata.format;
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || !format) {
    throw new Error(`original ${imageId} was not stored by this service: it lacks its metadata`);
  }
  return { widthPx, heightPx, format };
}
