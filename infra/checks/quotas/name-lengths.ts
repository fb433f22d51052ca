import { estimatedLength } from './estimate-length.ts';
import { perResource, type Quota } from './quota.ts';

interface NameLength {
  readonly type: string;
  readonly path: readonly string[];
  readonly atMost: number;
  readonly page: string;
}

const API = 'https://docs.aws.amazon.com';

/** The longest name of each type. CloudFormation shortens the names that it makes up, so only chosen names can be too long. */
const NAME_LENGTHS: readonly NameLength[] = [
  [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'Name',
    32,
    '/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html',
  ],
  [
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    'Name',
    32,
    '/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html',
  ],
  [
    'AWS::SQS::Queue',
    'QueueName',
    80,
    '/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  ],
  ['AWS::IAM::Role', 'RoleName', 64, '/IAM/latest/UserGuide/reference_iam-quotas.html'],
  ['AWS::S3::Bucket', 'BucketName', 63, '/AmazonS3/latest/userguide/bucketnamingrules.html'],
  ['AWS::Lambda::Function', 'FunctionName', 64, '/lambda/latest/api/API_CreateFunction.html'],
  [
    'AWS::Events::EventBus',
    'Name',
    256,
    '/eventbridge/latest/APIReference/API_CreateEventBus.html',
  ],
  [
    'AWS::ECS::TaskDefinition',
    'Family',
    255,
    '/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html',
  ],
  [
    'AWS::CloudFront::OriginAccessControl',
    'OriginAccessControlConfig.Name',
    64,
    '/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html',
  ],
  [
    'AWS::CloudFront::Function',
    'Name',
    64,
    '/cloudfront/latest/APIReference/API_CreateFunction.html',
  ],
].map(([type, path, atMost, page]) => ({
  type: String(type),
  path: String(path).split('.'),
  atMost: Number(atMost),
  page: `${API}${page}`,
}));

/** Quotas of the lengths of chosen names. */
export const NAME_QUOTAS: readonly Quota[] = NAME_LENGTHS.map(({ type, path, atMost, page }) => ({
  name: `characters of the name of ${type}`,
  atMost,
  page,
  measure: perResource(type, ({ properties }) => {
    const name = path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), properties);
    // The quotes of JSON are not part of the name.
    return name === undefined ? undefined : estimatedLength(name) - 2;
  }),
}));
