import { createHash } from 'node:crypto';
import { type PolicyKind, parsePolicy, permissionPolicy } from '../iam/index.ts';
import type { ResourceContext, ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';

const DOCUMENTATION_ONLY = { ignored: 'documentation only' };
const NO_TAGS = { ignored: 'nothing is billed here' };

/** Parses a policy of a template, attaches it, and starts counting what it allows. */
function attach(
  { kernel, stack, logicalId }: ResourceContext,
  {
    kind,
    document,
    to,
    suffix = '',
  }: {
    kind: PolicyKind;
    document: unknown;
    to: readonly string[];
    suffix?: string;
  },
): void {
  const name = `${stack}/${logicalId}${suffix}`;
  kernel.permissions.policies.attach(parsePolicy(name, document, kind), to);
  kernel.permissions.record(kind, name, document);
}

const texts = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));

const roleProvider: ResourceProvider = {
  type: 'AWS::IAM::Role',
  properties: {
    RoleName: 'honoured',
    Path: 'honoured',
    AssumeRolePolicyDocument: 'honoured',
    Policies: 'honoured',
    ManagedPolicyArns: 'honoured',
    MaxSessionDuration: { ignored: 'credentials do not expire here' },
    Description: DOCUMENTATION_ONLY,
    Tags: NO_TAGS,
  },
  async create(context) {
    const { kernel, stack, logicalId, properties } = context;
    const { RoleName, Path = '/', AssumeRolePolicyDocument: document } = properties;
    const name = String(RoleName ?? physicalName(stack, logicalId));
    const arn = kernel.arn('iam', `role${Path}${name}`);
    const digest = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');
    const id = `AROA${digest.slice(0, 16).toUpperCase()}`;
    const policyName = `${stack}/${logicalId}`;
    const trust = parsePolicy(policyName, document, 'trust');
    kernel.permissions.policies.addRole({ arn, name, id, trust });
    kernel.permissions.record('trust', policyName, document);
    for (const { PolicyName, PolicyDocument } of (properties.Policies ?? []) as Inline[]) {
      const own = { kind: 'identity', document: PolicyDocument, to: [name] } as const;
      attach(context, { ...own, suffix: `/${PolicyName}` });
    }
    for (const managed of texts(properties.ManagedPolicyArns)) {
      kernel.permissions.policies.attachManaged(managed, name);
    }
    return { physicalId: name, attributes: { Arn: arn, RoleId: id } };
  },
};

interface Inline {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}

const inlinePolicyProvider: ResourceProvider = {
  type: 'AWS::IAM::Policy',
  properties: { PolicyName: 'honoured', PolicyDocument: 'honoured', Roles: 'honoured' },
  async create(context) {
    const { PolicyName, PolicyDocument: document, Roles } = context.properties;
    attach(context, { kind: 'identity', document, to: texts(Roles) });
    return { physicalId: String(PolicyName), attributes: { Id: String(PolicyName) } };
  },
};

const managedPolicyProvider: ResourceProvider = {
  type: 'AWS::IAM::ManagedPolicy',
  properties: {
    ManagedPolicyName: 'honoured',
    Path: 'honoured',
    PolicyDocument: 'honoured',
    Roles: 'honoured',
    Description: DOCUMENTATION_ONLY,
  },
  async create(context) {
    const { kernel, stack, logicalId, properties } = context;
    const { ManagedPolicyName, Path = '/', PolicyDocument: document, Roles } = properties;
    const name = String(ManagedPolicyName ?? physicalName(stack, logicalId));
    const arn = kernel.arn('iam', `policy${Path}${name}`);
    attach(context, { kind: 'identity', document, to: texts(Roles) });
    kernel.permissions.policies.nameManaged(arn, `${stack}/${logicalId}`);
    return { physicalId: arn, attributes: { PolicyArn: arn, PolicyId: name } };
  },
};

const queuePolicyProvider: ResourceProvider = {
  type: 'AWS::SQS::QueuePolicy',
  properties: { PolicyDocument: 'honoured', Queues: 'honoured' },
  async create(context) {
    const { kernel, stack, logicalId, properties } = context;
    // A queue's reference is its URL, which ends with its name.
    const arnOf = (url: string) => kernel.arn('sqs', url.slice(url.lastIndexOf('/') + 1));
    const to = texts(properties.Queues).map(arnOf);
    attach(context, { kind: 'resource', document: properties.PolicyDocument, to });
    return { physicalId: physicalName(stack, logicalId) };
  },
};

const bucketPolicyProvider: ResourceProvider = {
  type: 'AWS::S3::BucketPolicy',
  properties: { Bucket: 'honoured', PolicyDocument: 'honoured' },
  async create(context) {
    const { Bucket, PolicyDocument: document } = context.properties;
    attach(context, { kind: 'resource', document, to: [`arn:aws:s3:::${Bucket}`] });
    return { physicalId: String(Bucket) };
  },
};

const busPolicyProvider: ResourceProvider = {
  type: 'AWS::Events::EventBusPolicy',
  properties: { EventBusName: 'honoured', StatementId: 'honoured', Statement: 'honoured' },
  async create(context) {
    const { kernel, properties } = context;
    const { EventBusName = 'default', StatementId, Statement } = properties;
    const document = {
      Version: '2012-10-17',
      Statement: [{ Sid: StatementId, ...(Statement as object) }],
    };
    const to = [kernel.arn('events', `event-bus/${EventBusName}`)];
    attach(context, { kind: 'resource', document, to });
    return { physicalId: `${EventBusName}|${StatementId}` };
  },
};

const secretPolicyProvider: ResourceProvider = {
  type: 'AWS::SecretsManager::ResourcePolicy',
  properties: {
    SecretId: 'honoured',
    ResourcePolicy: 'honoured',
    BlockPublicPolicy: { ignored: 'a policy that admits everyone is evaluated as it is' },
  },
  async create(context) {
    const { SecretId, ResourcePolicy: document } = context.properties;
    attach(context, { kind: 'resource', document, to: [String(SecretId)] });
    return { physicalId: String(SecretId) };
  },
};

/** The policy of a web function. It has statements for the endpoints too. */
const lambdaPolicyProvider: ResourceProvider = {
  type: 'AWS::Lambda::ResourcePolicy',
  properties: { ResourceArn: 'honoured', PolicyDocument: 'honoured' },
  async create(context) {
    const { ResourceArn, PolicyDocument } = context.properties;
    const document =
      typeof PolicyDocument === 'string' ? JSON.parse(PolicyDocument) : PolicyDocument;
    attach(context, { kind: 'resource', document, to: [String(ResourceArn)] });
    return { physicalId: String(ResourceArn) };
  },
};

const keyProvider: ResourceProvider = {
  type: 'AWS::KMS::Key',
  properties: {
    KeyPolicy: 'honoured',
    Description: DOCUMENTATION_ONLY,
    EnableKeyRotation: { ignored: 'local data is not encrypted at rest' },
    PendingWindowInDays: { ignored: 'local data is not encrypted at rest' },
    Tags: NO_TAGS,
  },
  async create(context) {
    const { kernel, stack, logicalId, properties } = context;
    const keyId = physicalName(stack, logicalId);
    const arn = kernel.arn('kms', `key/${keyId}`);
    attach(context, { kind: 'resource', document: properties.KeyPolicy, to: [arn] });
    return { physicalId: keyId, attributes: { Arn: arn, KeyId: keyId } };
  },
};

const permissionProvider: ResourceProvider = {
  type: 'AWS::Lambda::Permission',
  properties: {
    Action: 'honoured',
    FunctionName: 'honoured',
    Principal: 'honoured',
    SourceArn: 'honoured',
    SourceAccount: 'honoured',
    FunctionUrlAuthType: 'honoured',
    InvokedViaFunctionUrl: 'honoured',
  },
  async create({ kernel, stack, logicalId, properties }) {
    const name = `${stack}/${logicalId}`;
    const reference = String(properties.FunctionName);
    const functionArn = reference.startsWith('arn:')
      ? reference
      : kernel.arn('lambda', `function:${reference}`);
    const policy = permissionPolicy(name, properties, functionArn);
    kernel.permissions.policies.attach(policy, [functionArn]);
    const { Action } = properties;
    const Statement = [{ Effect: 'Allow', Action, Resource: functionArn }];
    kernel.permissions.record('resource', name, { Statement });
    return { physicalId: logicalId, attributes: { Id: logicalId } };
  },
};

/** The CloudFormation types of roles and policies. */
export const PERMISSION_PROVIDERS: readonly ResourceProvider[] = [
  ...[roleProvider, inlinePolicyProvider, managedPolicyProvider],
  ...[queuePolicyProvider, bucketPolicyProvider, busPolicyProvider, secretPolicyProvider],
  lambdaPolicyProvider,
  keyProvider,
  permissionProvider,
];
