import { Aws, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { VariantStack } from '../variant-stack.ts';

/** Queues keep a data key for a day, the longest that SQS allows, so that few requests to KMS are charged. */
const DATA_KEY_REUSE = Duration.days(1);

/**
 * Creates the key of a variant, and lets AWS's services use it for what they do on their own: EventBridge sends to queues,
 * CloudWatch notifies the topic, CloudWatch Logs writes, and CloudFront reads pictures. Roles get their permissions from
 * their own policies, which CDK's key policy admits.
 */
export function ownKey(stack: Stack): Key {
  const key = new Key(stack, 'Key', {
    description: `Triptych: everything that ${stack.stackName} and its variant keep`,
    enableKeyRotation: true,
    // The shortest time in which a deletion can be cancelled.
    pendingWindow: Duration.days(7),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const ofAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  for (const service of ['events', 'cloudwatch']) {
    allow(key, service, ['kms:Decrypt', 'kms:GenerateDataKey'], ofAccount);
  }
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  const groups = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`;
  allow(
    key,
    `logs.${Aws.REGION}`,
    ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
  );
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
  const cdns = `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*`;
  allow(key, 'cloudfront', ['kms:Decrypt'], { ArnLike: { 'aws:SourceArn': cdns } });
  return key;
}

function allow(key: Key, service: string, actions: string[], conditions: Record<string, object>) {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
      actions,
      resources: ['*'],
      conditions,
    }),
  );
}

/** The key of the variant that a construct belongs to, if the settings ask for one. */
export function keyOf(construct: IConstruct): Key | undefined {
  const stack = construct.node.scopes.find((one) => one instanceof VariantStack);
  return stack?.key;
}

/**
 * Encrypts a table, bucket, queue, topic, log group or secret under the variant's own key. Returns whether there is one. The
 * resources are changed instead of their constructs, which would add permissions to roles and services by themselves.
 */
export function encryptUnderOwnKey(construct: IConstruct): boolean {
  const key = keyOf(construct);
  if (!key) return false;
  const { keyArn } = key;
  const resource = construct.node.defaultChild;
  if (resource instanceof CfnTable) {
    resource.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: keyArn };
  } else if (resource instanceof CfnBucket) {
    resource.bucketEncryption = {
      serverSideEncryptionConfiguration: [
        {
          // S3 then asks KMS for one key per bucket and hour instead of one per object.
          bucketKeyEnabled: true,
          serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
        },
      ],
    };
  } else if (resource instanceof CfnQueue) {
    resource.sqsManagedSseEnabled = undefined;
    resource.kmsMasterKeyId = keyArn;
    resource.kmsDataKeyReusePeriodSeconds = DATA_KEY_REUSE.toSeconds();
  } else if (resource instanceof CfnTopic) {
    resource.kmsMasterKeyId = keyArn;
  } else if (resource instanceof CfnLogGroup || resource instanceof CfnSecret) {
    resource.kmsKeyId = keyArn;
  } else {
    throw new Error(`${construct.node.path} cannot be encrypted under a key`);
  }
  return true;
}
