import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  isRejection,
  MAX_ORIGINAL_BYTES,
  type OriginalStore,
  type Rejection,
  type Verdict,
} from '../core/index.ts';
import { readBody, unlessMissing } from './s3-objects.ts';

/** The catalog's presigned forms store uploads under this key. */
const uploadKey = (imageId: string) => `uploads/${imageId}`;

/** Originals, and rejections in their place. */
const originalKey = (imageId: string) => `originals/${imageId}`;

/** Uploads and originals in one bucket. The verdict is stored as metadata of the original. */
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

  /** Writes a verdict unless there is one already. Returns the verdict that now holds. */
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

    // An empty object in place of the original, so that the two verdicts exclude each other.
    reject: (imageId, code) =>
      decide(imageId, { rejected: code }, { ContentLength: 0, Metadata: { rejected: code } }),

    verdict,

    async facts(imageId) {
      const known = await verdict(imageId);
      return known === undefined || isRejection(known) ? undefined : known;
    },

    async read(imageId) {
      const command = new GetObjectCommand({ Bucket, Key: originalKey(imageId) });
      const answer = await unlessMissing(client.send(command));
      return answer?.Metadata?.rejected
        ? undefined
        : answer && readBody(answer, MAX_ORIGINAL_BYTES);
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
  if (metadata.rejected) return { rejected: rejectionIn(metadata.rejected) };
  const widthPx = Number(metadata['width-px']);
  const heightPx = Number(metadata['height-px']);
  const format = metadata.format;
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || !format) {
    throw new Error(`original ${imageId} was not stored by this service: it lacks its metadata`);
  }
  return { widthPx, heightPx, format };
}

/** Rejections were stored as `true` when there was only one code. */
function rejectionIn(stored: string): Rejection['rejected'] {
  return stored === 'true' ? 'unsupported-image' : (stored as Rejection['rejected']);
}
