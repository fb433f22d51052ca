/** Kinds of things that somebody looks after or must have understood, by the resource that brings them. */
const kinds: readonly {
  readonly type: string;
  readonly operate?: string;
  readonly know?: string;
}[] = [
  {
    type: 'AWS::ECS::Service',
    operate: 'container services: size, number of tasks, restarts, base image',
    know: 'ECS and Fargate: tasks, health checks, rolling deployments',
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    operate: 'scaling rules: target, least, most',
    know: 'autoscaling: how it follows load, and how late',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    operate: 'load balancers: listeners, certificates, 5xx',
    know: 'load balancing: target groups, idle time-outs, draining',
  },
  {
    type: 'AWS::EC2::VPC',
    operate: 'networks: subnets, routes, security groups, endpoints',
    know: 'networks: addresses, security groups, private and public subnets',
  },
  {
    type: 'AWS::Lambda::Function',
    operate: 'functions: memory, time-outs, concurrency, runtime versions',
    know: 'Lambda: cold starts, freezing between requests, concurrency, retries',
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    operate: 'event source mappings: batch size, concurrency, age of a stream',
    know: 'event source mappings: batches, partial failures, poison messages',
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    operate: 'HTTP APIs: routes, throttling, 5xx',
    know: 'API Gateway: payload formats, decoded paths, its time-out and body limit',
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    operate: 'REST APIs: deployments, stages, throttling, 5xx',
    know: 'API Gateway: deployments and stages, renamed headers, its time-out and body limit',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    operate: 'CDN distributions: behaviours, cached errors, invalidation',
    know: 'CloudFront: cache keys, origin groups, origin access control',
  },
  {
    type: 'AWS::CloudFront::Function',
    operate: 'functions of the CDN: their own runtime and release',
    know: "CloudFront Functions: a JavaScript without Node's library",
  },
  {
    type: 'AWS::DynamoDB::Table',
    operate: 'tables: restore, indexes, throttling',
    know: 'DynamoDB: keys, indexes, conditional writes, transactions',
  },
  {
    type: 'AWS::SQS::Queue',
    operate: 'queues and dead-letter queues: depth, age, redrive',
    know: 'SQS: visibility, at-least-once delivery, redrive',
  },
  {
    type: 'AWS::Events::Rule',
    operate: 'rules of the bus and schedules',
    know: 'EventBridge: patterns, retries, partial failures of PutEvents',
  },
  {
    type: 'AWS::S3::Bucket',
    operate: 'buckets: life cycle, who may read',
    know: 'S3: presigned forms, events, life cycle',
  },
  {
    type: 'AWS::SecretsManager::Secret',
    operate: 'secrets: rotation',
    know: 'Secrets Manager: how each deployable gets its secrets',
  },
  { type: 'AWS::Logs::LogGroup', operate: 'log groups: retention, cost' },
  { type: 'AWS::CloudWatch::Alarm', operate: 'alarms: who is told' },
  { type: 'AWS::IAM::Role', operate: 'roles: rights as the code changes', know: 'IAM' },
];

export interface Operated {
  /** Of each kind how many there are, and what is to be done with them. */
  readonly operate: readonly { readonly count: number; readonly what: string }[];
  readonly know: readonly string[];
}

/** Which of the kinds a variant has. @param byType resources by CloudFormation type */
export function operated(byType: Readonly<Record<string, number>>): Operated {
  const present = kinds.filter(({ type }) => (byType[type] ?? 0) > 0);
  return {
    operate: present.flatMap(({ type, operate }) =>
      operate === undefined ? [] : [{ count: byType[type] ?? 0, what: operate }],
    ),
    know: present.flatMap(({ know }) => (know === undefined ? [] : [know])),
  };
}
