import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { DataPlane } from '@triptych/platform/testing/data-plane';
import type { LocalStackSettings } from './localstack-settings.ts';

/** The bucket operations of a data plane in LocalStack. */
export function localStackBuckets(cloud: LocalStackSettings): {
  of: Pick<DataPlane, 'createBucket' | 'objectIn'>;
  destroy(): void;
} {
  const s3 = new S3Client({ ...cloud, forcePathStyle: true });
  const remove = async (Bucket: string) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
  };
  return {
    of: {
      createBucket: async (Bucket) => {
        await s3.send(new CreateBucketCommand({ Bucket }));
        cloud.undo.push(() => remove(Bucket));
        const NotificationConfiguration = { EventBridgeConfiguration: {} };
        await s3.send(
          new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }),
        );
        return Bucket;
      },
      objectIn: async (Bucket, Key) => {
        try {
          const found = await s3.send(new GetObjectCommand({ Bucket, Key }));
          const body = Buffer.from((await found.Body?.transformToByteArray()) ?? []);
          const headers: Record<string, string> = {};
          if (found.ContentType) headers['content-type'] = found.ContentType;
          if (found.CacheControl) headers['cache-control'] = found.CacheControl;
          return { body, headers };
        } catch (error) {
          if (error instanceof NoSuchKey) return undefined;
          throw error;
        }
      },
    },
    destroy: () => s3.destroy(),
  };
}
