import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  HttpMethods,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { encryptUnderOwnKey } from './own-key.ts';

/** The reason why no bucket has an access log. */
const NO_ACCESS_LOG =
  'Access logs would need a bucket that outlives the variant. The services log reads.';

/** Prefix of uploads. Only accepted images move to another prefix. */
export const UPLOADS_PREFIX = 'uploads/';
/** Prefix of accepted originals. Images are served from it. */
export const ORIGINALS_PREFIX = 'originals/';
/** Prefix of renditions. */
export const RENDITIONS_PREFIX = 'renditions/';
/**
 * The folder of the current encoder revision. In it, keys are the paths of URLs, so that the CDN
 * finds them. A test compares it with the keys of images.
 */
export const RENDITIONS_ORIGIN_PATH = '/renditions/2';

/** A bucket for uploads and accepted originals. It sends object events to the account's default bus. */
export function originalsBucket(scope: Construct, id: string): Bucket {
  const bucket = privateBucket(scope, id, {
    // Browsers post directly to the bucket. The form's signed policy limits each upload.
    cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'] }],
    // Longer than the queue keeps a message, so that a redriven message still finds its upload.
    lifecycleRules: [{ prefix: UPLOADS_PREFIX, expiration: Duration.days(30) }],
  });
  // Set on the resource, because `eventBridgeEnabled` of the construct adds a custom resource.
  (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
  return bucket;
}

/** Resized images. They expire, because each can be made again from its original. */
export function renditionsBucket(scope: Construct, id: string): Bucket {
  return privateBucket(scope, id, { lifecycleRules: [{ expiration: Duration.days(30) }] });
}

function privateBucket(scope: Construct, id: string, props: BucketProps): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
    ...props,
  });
  encryptUnderOwnKey(bucket);
  acknowledge(bucket, {
    S1: NO_ACCESS_LOG,
    CKV_AWS_18: NO_ACCESS_LOG,
    CKV_AWS_21:
      'An accepted picture never changes. Old versions would keep deleted pictures, and their cost.',
  });
  return bucket;
}
