import { checkedStacks, exceededQuotas } from '../quotas/check-quotas.ts';
import type { CheckedStack } from '../quotas/quota.ts';

export interface Example {
  readonly template?: object;
  readonly stack?: Partial<CheckedStack>;
  readonly artifactBytes?: number;
}

const stackOf = ({ template = {}, stack }: Example): CheckedStack => ({
  name: 'shop',
  template: template as CheckedStack['template'],
  bytes: 1_000,
  isUploaded: true,
  ...stack,
});

export const faultsOf = (example: Example) =>
  exceededQuotas(checkedStacks([stackOf(example)], () => example.artifactBytes ?? 0));

/** A template with `count` equal resources, `One0` and so on. */
export function resources(Type: string, Properties: object, count = 1, Metadata = {}): Example {
  const all = Array.from({ length: count }, (_, n) => [`One${n}`, { Type, Properties, Metadata }]);
  return { template: { Resources: Object.fromEntries(all) } };
}

export const section = (name: string, count: number): Example => ({
  template: {
    [name]: Object.fromEntries(Array.from({ length: count }, (_, n) => [`One${n}`, {}])),
  },
});

/** A policy of one statement with a resource of `length` characters. */
export const policy = (length: number, Action: string | string[] = 's3:GetObject') => ({
  Statement: [{ Action, Resource: 'x'.repeat(length) }],
});
export const statements = (count: number) => ({ Statement: Array(count).fill({ Action: 'a' }) });

/** A function with the ID `Http` behind an integration. */
export const behind = (integration: string, Timeout: number): Example => ({
  template: {
    Resources: {
      Http: { Type: 'AWS::Lambda::Function', Properties: { Timeout } },
      Integration: { Type: integration },
    },
  },
});

/** A resource with the largest bodies that pass it. */
export const bodies = (type: string, metadata: object) =>
  resources(type, {}, 1, { 'triptych:largest-bodies': metadata });

export const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const LISTENER = { ListenerArn: { Ref: 'Listener' } };
export const paths = (...Values: string[]) => ({
  ...LISTENER,
  Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values } }],
});
export const mapping = (MaximumConcurrency: number) =>
  resources('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency } });
export const lambda = (properties: object) => resources('AWS::Lambda::Function', properties);
export const queue = (properties: object) => resources('AWS::SQS::Queue', properties);
export const queuePolicy = (PolicyDocument: object) =>
  resources('AWS::SQS::QueuePolicy', { PolicyDocument });
export const artifact = (type: string, artifactBytes: number): Example => ({
  ...resources(type, {}, 1, { 'triptych:artifact': 'dist/apps/one' }),
  artifactBytes,
});
export const named = (type: string, length: number) => {
  const name = 'x'.repeat(length);
  const [property] = {
    'AWS::SQS::Queue': ['QueueName'],
    'AWS::IAM::Role': ['RoleName'],
    'AWS::S3::Bucket': ['BucketName'],
    'AWS::Lambda::Function': ['FunctionName'],
    'AWS::ECS::TaskDefinition': ['Family'],
  }[type] ?? ['Name'];
  const isOac = type === 'AWS::CloudFront::OriginAccessControl';
  const properties = isOac
    ? { OriginAccessControlConfig: { Name: name } }
    : { [`${property}`]: name };
  return resources(type, { FunctionCode: '', ...properties });
};
