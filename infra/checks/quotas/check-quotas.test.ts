import { describe, expect, it } from 'vitest';
import {
  artifact,
  behind,
  bodies,
  type Example,
  faultsOf,
  LISTENER,
  lambda,
  mapping,
  named,
  paths,
  policy,
  queue,
  queuePolicy,
  RULE,
  resources,
  section,
  statements,
} from '../testing/small-templates.ts';
import { WEB_FUNCTION_EXAMPLES } from '../testing/web-function-examples.ts';
import { QUOTAS } from './check-quotas.ts';

/** For each quota a template at the quota, and one beyond it. */
const EXAMPLES: readonly (readonly [quota: string, allowed: Example, rejected: Example])[] = [
  ...WEB_FUNCTION_EXAMPLES,
  ['resources in a stack', section('Resources', 500), section('Resources', 501)],
  ['outputs of a stack', section('Outputs', 200), section('Outputs', 201)],
  ['parameters of a stack', section('Parameters', 200), section('Parameters', 201)],
  ['mappings of a stack', section('Mappings', 200), section('Mappings', 201)],
  ['bytes of an uploaded template', { stack: { bytes: 1e6 } }, { stack: { bytes: 1e6 + 1 } }],
  [
    'bytes of a template in a request',
    { stack: { bytes: 51_200, isUploaded: false } },
    { stack: { bytes: 51_201, isUploaded: false } },
  ],
  [
    'dynamic references in a template',
    { template: { Outputs: { One: '{{resolve:ssm:a}}'.repeat(60) } } },
    { template: { Outputs: { One: '{{resolve:ssm:a}}'.repeat(61) } } },
  ],
  [
    'characters of the name of a stack',
    { stack: { name: 'x'.repeat(128) } },
    { stack: { name: 'x'.repeat(129) } },
  ],
  [
    'characters of all inline policies of a role',
    resources('AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument: policy(5_000) }, 2),
    resources('AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument: policy(5_000) }, 3),
  ],
  [
    'characters of all inline policies of a role',
    resources('AWS::IAM::Role', { Policies: [{ PolicyDocument: policy(10_000) }] }),
    resources('AWS::IAM::Role', { Policies: [{ PolicyDocument: policy(10_240) }] }),
  ],
  [
    'characters of a managed policy',
    resources('AWS::IAM::ManagedPolicy', { PolicyDocument: policy(6_000) }),
    resources('AWS::IAM::ManagedPolicy', { PolicyDocument: policy(6_144) }),
  ],
  [
    'managed policies of a role',
    resources('AWS::IAM::Role', { ManagedPolicyArns: Array(10).fill('arn') }),
    resources('AWS::IAM::Role', { ManagedPolicyArns: Array(11).fill('arn') }),
  ],
  [
    'characters of the trust policy of a role',
    resources('AWS::IAM::Role', { AssumeRolePolicyDocument: policy(1_900) }),
    resources('AWS::IAM::Role', { AssumeRolePolicyDocument: policy(2_048) }),
  ],
  ['bytes of the policy of a queue', queuePolicy(policy(8_000)), queuePolicy(policy(8_192))],
  ['statements in the policy of a queue', queuePolicy(statements(20)), queuePolicy(statements(21))],
  [
    'actions in a statement of the policy of a queue',
    queuePolicy(policy(1, Array(7).fill('a'))),
    queuePolicy(policy(1, Array(8).fill('a'))),
  ],
  [
    'bytes of the policy of a bucket',
    resources('AWS::S3::BucketPolicy', { PolicyDocument: policy(20_000) }),
    resources('AWS::S3::BucketPolicy', { PolicyDocument: policy(20_480) }),
  ],
  [
    'bytes of the policy of a function',
    resources('AWS::Lambda::Permission', { FunctionName: 'a', SourceArn: 'x'.repeat(9_700) }, 2),
    resources('AWS::Lambda::Permission', { FunctionName: 'a', SourceArn: 'x'.repeat(9_700) }, 3),
  ],
  [
    'bytes of the environment of a function',
    lambda({ Environment: { Variables: { A: 'x'.repeat(4_000) } } }),
    lambda({ Environment: { Variables: { A: 'x'.repeat(4_096) } } }),
  ],
  ['seconds of timeout of a function', lambda({ Timeout: 900 }), lambda({ Timeout: 901 })],
  ['MB of memory of a function', lambda({ MemorySize: 10_240 }), lambda({ MemorySize: 10_241 })],
  ['MB of memory of a function', lambda({ MemorySize: 128 }), lambda({ MemorySize: 127 })],
  ['layers of a function', lambda({ Layers: Array(5) }), lambda({ Layers: Array(6) })],
  [
    'bytes of an unzipped package',
    artifact('AWS::Lambda::Function', 262_144_000),
    artifact('AWS::Lambda::Function', 262_144_001),
  ],
  [
    'bytes of an image, which must fit into the ephemeral storage of a task',
    artifact('AWS::ECS::TaskDefinition', 20 * 1024 ** 3),
    artifact('AWS::ECS::TaskDefinition', 20 * 1024 ** 3 + 1),
  ],
  [
    'reserved executions of a function in a new account',
    lambda({}),
    lambda({ ReservedConcurrentExecutions: 1 }),
  ],
  ['concurrent batches of a queue (MaximumConcurrency)', mapping(2), mapping(1)],
  ['concurrent batches of a queue (MaximumConcurrency)', mapping(1_000), mapping(1_001)],
  [
    'rules of a load balancer, excluding the default',
    resources(RULE, LISTENER, 100),
    resources(RULE, LISTENER, 101),
  ],
  [
    'condition values of a rule',
    resources(RULE, paths('/a', '/b', '/c', '/d', '/e')),
    resources(RULE, paths('/a', '/b', '/c', '/d', '/e', '/f')),
  ],
  [
    'wildcards in the conditions of a rule',
    resources(RULE, paths('/*/*/*', '/?/?/?')),
    resources(RULE, paths('/*/*/*', '/?/?/?/*')),
  ],
  [
    'routes of an HTTP API',
    resources('AWS::ApiGatewayV2::Route', { ApiId: 'a' }, 300),
    resources('AWS::ApiGatewayV2::Route', { ApiId: 'a' }, 301),
  ],
  [
    'integrations of an HTTP API',
    resources('AWS::ApiGatewayV2::Integration', { ApiId: 'a' }, 300),
    resources('AWS::ApiGatewayV2::Integration', { ApiId: 'a' }, 301),
  ],
  [
    'seconds of timeout of a function behind an HTTP API',
    behind('AWS::ApiGatewayV2::Integration', 30),
    behind('AWS::ApiGatewayV2::Integration', 31),
  ],
  [
    'resources of a REST API',
    resources('AWS::ApiGateway::Resource', { RestApiId: 'a' }, 300),
    resources('AWS::ApiGateway::Resource', { RestApiId: 'a' }, 301),
  ],
  [
    'seconds of timeout of a function behind a REST API',
    behind('AWS::ApiGateway::Method', 29),
    behind('AWS::ApiGateway::Method', 30),
  ],
  [
    'cache behaviors of a distribution',
    resources('AWS::CloudFront::Distribution', {
      DistributionConfig: { CacheBehaviors: Array(75) },
    }),
    resources('AWS::CloudFront::Distribution', {
      DistributionConfig: { CacheBehaviors: Array(76) },
    }),
  ],
  [
    'bytes of a CloudFront function',
    resources('AWS::CloudFront::Function', { FunctionCode: 'x'.repeat(10_240) }),
    resources('AWS::CloudFront::Function', { FunctionCode: 'x'.repeat(10_241) }),
  ],
  // 4,694,016 bytes are 6,258,688 in base64, and 32 KB are around them.
  [
    'bytes of an event with the largest request',
    bodies('AWS::Lambda::Function', { requestBytes: 4_694_016 }),
    bodies('AWS::Lambda::Function', { requestBytes: 4_694_017 }),
  ],
  [
    'bytes of an answer with the largest response',
    bodies('AWS::Lambda::Function', { responseBytes: 4_694_016 }),
    bodies('AWS::Lambda::Function', { responseBytes: 4_694_017 }),
  ],
  [
    'bytes of the largest body through an HTTP API',
    bodies('AWS::ApiGatewayV2::Integration', { requestBytes: 10_485_760 }),
    bodies('AWS::ApiGatewayV2::Integration', { responseBytes: 10_485_761 }),
  ],
  [
    'bytes of the largest body through a REST API',
    bodies('AWS::ApiGateway::Method', { requestBytes: 10_485_760 }),
    bodies('AWS::ApiGateway::Method', { responseBytes: 10_485_761 }),
  ],
  ['seconds of delay of a queue', queue({ DelaySeconds: 900 }), queue({ DelaySeconds: 901 })],
  [
    'seconds that a queue keeps a message',
    queue({ MessageRetentionPeriod: 1_209_600 }),
    queue({ MessageRetentionPeriod: 1_209_601 }),
  ],
  [
    'seconds of visibility timeout of a queue',
    queue({ VisibilityTimeout: 43_200 }),
    queue({ VisibilityTimeout: 43_201 }),
  ],
  [
    'targets of a rule',
    resources('AWS::Events::Rule', { Targets: Array(5) }),
    resources('AWS::Events::Rule', { Targets: Array(6) }),
  ],
  ...(
    [
      ['AWS::ElasticLoadBalancingV2::LoadBalancer', 32],
      ['AWS::ElasticLoadBalancingV2::TargetGroup', 32],
      ['AWS::SQS::Queue', 80],
      ['AWS::IAM::Role', 64],
      ['AWS::S3::Bucket', 63],
      ['AWS::Lambda::Function', 64],
      ['AWS::Events::EventBus', 256],
      ['AWS::ECS::TaskDefinition', 255],
      ['AWS::CloudFront::OriginAccessControl', 64],
      ['AWS::CloudFront::Function', 64],
    ] as const
  ).map(
    ([type, length]) =>
      [`characters of the name of ${type}`, named(type, length), named(type, length + 1)] as const,
  ),
];

describe('the quotas of AWS', () => {
  it.each(EXAMPLES)('%s', (name, allowed, rejected) => {
    expect(faultsOf(allowed)).toEqual([]);
    const [fault, ...others] = faultsOf(rejected);
    expect(others).toEqual([]);
    expect(fault).toContain(` ${name}, but AWS allows at `);
    expect(fault).toContain('https://docs.aws.amazon.com/');
  });

  it('each have an example', () => {
    expect(new Set(QUOTAS.map(({ name }) => name))).toEqual(
      new Set(EXAMPLES.map(([name]) => name)),
    );
  });

  it('count a reference as the longest ARN, and region and account with their own lengths', () => {
    const arn = ['arn:aws:s3:::', { Ref: 'AWS::Region' }, '-', { Ref: 'AWS::AccountId' }];
    const bucket = { BucketName: { 'Fn::Join': ['', [...arn, 'x'.repeat(23)]] } };
    expect(faultsOf(resources('AWS::S3::Bucket', bucket))).toEqual([]);
    const longer = { BucketName: { 'Fn::Join': ['', [...arn, 'x'.repeat(24)]] } };
    expect(faultsOf(resources('AWS::S3::Bucket', longer))).toHaveLength(1);
    const other = { BucketName: { Ref: 'Other' } };
    expect(faultsOf(resources('AWS::S3::Bucket', other))).toHaveLength(1);
  });
});
