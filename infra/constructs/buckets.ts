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

/** Keys an upload lands under; only accepted images leave it. */
export const uploadsPrefix = 'uploads/';
/** Keys that images are served from. */
export const originalsPrefix = 'originals/';
/** Keys of renditions are the paths of their URLs, so that the CDN finds them. */
export const renditionsPrefix = 'images/';

/** Uploads and accepted originals. Its objects' creation is told to the account's default bus. */
export function originalsBucket(scope: Construct, id: string): Bucket {
  const bucket = privateBucket(scope, id, {
    // A browser posts straight to the bucket; what it may post is signed into the form.
    cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'] }],
    // Longer than the queue keeps a message, so that one put back by hand still finds its upload.
    lifecycleRules: [{ prefix: uploadsPrefix, expiration: Duration.days(30) }],
  });
  // On the resource itself: the construct's `eventBridgeEnabled` adds a custom resource.
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
  acknowledge(bucket, {
    S1: 'Access logs need a bucket of their own that outlives the variant; reads are logged by the services.',
  });
  return bucket;
}
