import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { OriginalStore, Verdict } from '../core/index.ts';
import { maxOriginalBytes } from '../core/index.ts';
import { readBody, unlessMissing } from './s3-objects.ts';

/** Where catalog's presigned forms put an upload, and where serving finds an original. */
const uploadKey = (imageId: string) => `uploads/${imageId}`;
const originalKey = (imageId: string) => `originals/${imageId}`;

/** Originals and uploads in one bucket; the verdict on an upload travels as its original's metadata. */
export function s3Originals(options: {
  client: S3Client;
  bucket: string;
}): OriginalStore & { ping(): Promise<void> } {
  const { client, bucket: Bucket } = options;

  async function verdict(imageId: string): Promise<Verdict | undefined> {
    const command = new HeadObjectCommand({ Bucket, Key: originalKey(imageId) });
    const answer = await unlessMissing(client.send(command));
    return answer && verdictIn(imageId, answer.Metadata ?? {});
  }

  /** Writes a verdict, or gives the one that was there first. */
  async function decide(
    imageId: string,
    decided: Verdict,
    object: Pick<PutObjectCommandInput, 'Body' | 'ContentLength' | 'ContentType' | 'Metadata'>,
  ): Promise<Verdict> {
    const place = { Bucket, Key: originalKey(imageId), IfNoneMatch: '*' };
    try {
      await client.send(new PutObjectCommand({ ...place, ...object }));
      return decided;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'PreconditionFailed') throw error;
      const first = await verdict(imageId);
      if (first === undefined) throw error;
      return first;
    }
  }

  const store: OriginalStore = {
    async readUpload(imageId, maxBytes) {
      const command = new GetObjectCommand({ Bucket, Key: uploadKey(imageId) });
      const answer = await unlessMissing(client.send(command));
      if (answer === undefined) return 'missing';
      return (await readBody(answer, maxBytes)) ?? 'too-large';
    },

    keep: (imageId, bytes, facts) =>
      decide(imageId, facts, {
        Body: bytes,
        ContentType: `image/${facts.format}`,
        Metadata: {
          'width-px': String(facts.widthPx),
          'height-px': String(facts.heightPx),
          format: facts.format,
        },
      }),

    // An object without bytes in the original's place, so that the two verdicts exclude each other.
    reject: (imageId) =>
      decide(imageId, 'rejected', { ContentLength: 0, Metadata: { rejected: 'true' } }),

    verdict,

    async facts(imageId) {
      const known = await verdict(imageId);
      return known === 'rejected' ? undefined : known;
    },

    async read(imageId) {
      const command = new GetObjectCommand({ Bucket, Key: originalKey(imageId) });
      const answer = await unlessMissing(client.send(command));
      return answer?.Metadata?.rejected ? undefined : answer && readBody(answer, maxOriginalBytes);
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

function verdictIn(imageId: string, metadata: Record<string, string>): Verdict {
  if (metadata.rejected) return 'rejected';
  const widthPx = Number(metadata['width-px']);
  const heightPx = Number(metadata['height-px']);
  const format = metadata.format;
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || !format) {
    throw new Error(`original ${imageId} was not stored by this service: it lacks its metadata`);
  }
  return { widthPx, heightPx, format };
}
