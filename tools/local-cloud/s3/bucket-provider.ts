import { createHash } from 'node:crypto';
import { rejectUnknown } from '../endpoint/index.ts';
import type { CreatedResource, ResourceContext, ResourceProvider } from '../kernel.ts';
import type { Buckets, CorsRule } from './buckets.ts';

const MAX_NAME = 63;

/** Makes `AWS::S3::Bucket` real. */
export function bucketProvider(buckets: Buckets): ResourceProvider {
  return {
    type: 'AWS::S3::Bucket',
    properties: {
      BucketName: 'honoured',
      CorsConfiguration: 'honoured',
      NotificationConfiguration: 'honoured',
      LifecycleConfiguration: { ignored: 'rules count in days; local data seldom lives as long' },
      PublicAccessBlockConfiguration: { ignored: 'unsigned requests are refused in any case' },
      OwnershipControls: { ignored: 'there is one local account' },
      BucketEncryption: { ignored: 'local data is not encrypted at rest' },
      Tags: { ignored: 'nothing local reads tags' },
    },
    create: async (context) => createBucket(buckets, context),
  };
}

/** `AWS::S3::BucketPolicy`: known, without effect. */
export const bucketPolicyProvider: ResourceProvider = {
  type: 'AWS::S3::BucketPolicy',
  properties: {
    Bucket: { ignored: 'IAM is not enforced locally' },
    PolicyDocument: { ignored: 'IAM is not enforced locally' },
  },
  create: async ({ properties }) => ({ physicalId: String(properties.Bucket) }),
};

function createBucket(buckets: Buckets, context: ResourceContext): CreatedResource {
  const { properties, kernel } = context;
  const name = String(properties.BucketName ?? bucketName(context.stack, context.logicalId));
  buckets.create(name, {
    cors: corsRules(properties.CorsConfiguration),
    eventBridge: announces(properties.NotificationConfiguration),
  });
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${kernel.region}.amazonaws.com`,
    },
  };
}

/**
 * A legal name from stack and logical id; what must be cut off is replaced by a digest, so that
 * names stay apart.
 */
export function bucketName(stack: string, logicalId: string): string {
  const full = `${stack}-${logicalId}`.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
  if (full.length <= MAX_NAME) return full;
  const digest = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${full.slice(0, MAX_NAME - digest.length - 1)}-${digest}`;
}

function corsRules(configuration: unknown): CorsRule[] {
  const { CorsRules: rules = [], ...rest } = (configuration ?? {}) as {
    CorsRules?: Record<string, unknown>[];
  };
  rejectUnknown(rest, [], 'AWS::S3::Bucket CorsConfiguration');
  return rules.map((rule) => {
    rejectUnknown(
      rule,
      ['Id', 'AllowedOrigins', 'AllowedMethods', 'AllowedHeaders', 'ExposedHeaders', 'MaxAge'],
      'AWS::S3::Bucket CorsRules',
    );
    const list = (name: string) => (rule[name] ?? []) as string[];
    return {
      allowedOrigins: list('AllowedOrigins'),
      allowedMethods: list('AllowedMethods'),
      allowedHeaders: list('AllowedHeaders'),
      exposedHeaders: list('ExposedHeaders'),
      ...(rule.MaxAge === undefined ? {} : { maxAgeSeconds: Number(rule.MaxAge) }),
    };
  });
}

function announces(configuration: unknown): boolean {
  if (configuration === undefined) return false;
  const notification = configuration as Record<string, Record<string, unknown>>;
  rejectUnknown(
    notification,
    ['EventBridgeConfiguration'],
    'AWS::S3::Bucket NotificationConfiguration',
  );
  const bridge = notification.EventBridgeConfiguration;
  if (!bridge) return false;
  rejectUnknown(bridge, ['EventBridgeEnabled'], 'AWS::S3::Bucket EventBridgeConfiguration');
  // CloudFormation passes booleans as text, too; the default is true.
  return String(bridge.EventBridgeEnabled ?? true) === 'true';
}
