import { createHash } from 'node:crypto';
import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import type { CreatedResource, ResourceContext, ResourceProvider } from '../kernel.ts';
import type { Buckets, CorsRule } from './buckets.ts';

const MAX_NAME_LENGTH = 63;
const CORS_RULE = {
  ...honoured('Id', 'AllowedOrigins', 'AllowedMethods'),
  ...honoured('AllowedHeaders', 'ExposedHeaders', 'MaxAge'),
};

/** Creates `AWS::S3::Bucket`. */
export function bucketProvider(buckets: Buckets): ResourceProvider {
  return {
    type: 'AWS::S3::Bucket',
    properties: {
      BucketName: 'honoured',
      CorsConfiguration: 'honoured',
      NotificationConfiguration: 'honoured',
      LifecycleConfiguration: { ignored: 'rules count days, and local data is usually younger' },
      PublicAccessBlockConfiguration: { ignored: 'unsigned requests are always rejected' },
      OwnershipControls: { ignored: 'there is one local account' },
      BucketEncryption: 'honoured',
      VersioningConfiguration: { ignored: 'earlier versions of objects are not kept' },
      Tags: { ignored: 'tags have no local effect' },
    },
    create: async (context) => createBucket(buckets, context),
  };
}

function createBucket(buckets: Buckets, context: ResourceContext): CreatedResource {
  const { properties, kernel } = context;
  const name = String(properties.BucketName ?? bucketName(context.stack, context.logicalId));
  buckets.create(name, {
    cors: corsRules(properties.CorsConfiguration),
    eventBridge: sendsEvents(properties.NotificationConfiguration),
  });
  kernel.permissions.encrypt(`arn:aws:s3:::${name}`, keyOf(properties.BucketEncryption));
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
 * A valid bucket name from stack and logical id. A digest replaces the end of a long name, so that
 * names stay distinct.
 */
export function bucketName(stack: string, logicalId: string): string {
  const full = `${stack}-${logicalId}`.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
  if (full.length <= MAX_NAME_LENGTH) return full;
  const digest = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${full.slice(0, MAX_NAME_LENGTH - digest.length - 1)}-${digest}`;
}

interface Encryption {
  readonly ServerSideEncryptionConfiguration?: readonly {
    readonly ServerSideEncryptionByDefault?: { readonly KMSMasterKeyID?: string };
  }[];
}

/** The ARN of the customer's key of a bucket. */
function keyOf(encryption: unknown): string | undefined {
  const { ServerSideEncryptionConfiguration: [rule] = [] } = (encryption ?? {}) as Encryption;
  return rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
}

function corsRules(configuration: unknown): CorsRule[] {
  const { CorsRules: rules = [], ...rest } = (configuration ?? {}) as {
    CorsRules?: Record<string, unknown>[];
  };
  rejectUndeclared(rest, {}, 'AWS::S3::Bucket CorsConfiguration');
  return rules.map((rule) => {
    rejectUndeclared(rule, CORS_RULE, 'AWS::S3::Bucket CorsRules');
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

/** Whether a bucket sends its events to EventBridge. */
function sendsEvents(configuration: unknown): boolean {
  if (configuration === undefined) return false;
  const notification = configuration as Record<string, Record<string, unknown>>;
  const where = 'AWS::S3::Bucket NotificationConfiguration';
  rejectUndeclared(notification, honoured('EventBridgeConfiguration'), where);
  const bridge = notification.EventBridgeConfiguration;
  if (!bridge) return false;
  rejectUndeclared(bridge, honoured('EventBridgeEnabled'), `${where}.EventBridgeConfiguration`);
  // CloudFormation may pass booleans as text. The default is true.
  return String(bridge.EventBridgeEnabled ?? true) === 'true';
}
