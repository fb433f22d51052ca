import type { Kernel, ResourceProvider, Services, WireService } from '../kernel.ts';
import { bucketProvider } from './bucket-provider.ts';
import { type BucketSettings, Buckets } from './buckets.ts';
import { ObjectEvents } from './object-events.ts';
import { objectHeaders } from './read-object.ts';
import { S3Service } from './service.ts';

export type { BucketSettings, CorsRule } from './buckets.ts';

export type S3 = Services['s3'] & {
  readonly wire: WireService;
  readonly providers: readonly ResourceProvider[];
  /** Creates a bucket in process. @throws AwsError InvalidBucketName, BucketAlreadyOwnedByYou */
  createBucket(name: string, settings?: BucketSettings): void;
};

/** Creates S3: buckets and objects in memory. It verifies signatures, policies and checksums. */
export function createS3(kernel: Kernel): S3 {
  const buckets = new Buckets(kernel.saved);
  return {
    wire: new S3Service(kernel, buckets, new ObjectEvents(kernel)),
    providers: [bucketProvider(buckets)],
    get: (bucket, key) => {
      const object = buckets.find(bucket)?.objects.get(key);
      return object && { body: object.body, headers: objectHeaders(object) };
    },
    createBucket: (name, settings) => {
      buckets.create(name, settings);
    },
  };
}
