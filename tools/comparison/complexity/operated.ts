/** Things that a team has to operate or know, by resource type. */
const KINDS: readonly {
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
    operate: 'scaling rules: target, minimum, maximum',
    know: 'autoscaling: how and how fast it follows the load',
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
    type: 'AWS::Lambda::WebFunction',
    operate: 'Web Functions: revisions, endpoints, limits of environments and of requests',
    know: 'Lambda Web Functions: shared processes, scale to zero, revisions and endpoints, active CPU and memory',
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    operate: 'event source mappings: batch size, concurrency, iterator age',
    know: 'event source mappings: batches, partial failures, poison messages',
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    operate: 'HTTP APIs: routes, throttling, 5xx',
    know: 'API Gateway: payload formats, decoded paths, time-out and body limits',
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    operate: 'REST APIs: deployments, stages, throttling, 5xx',
    know: 'API Gateway: deployments and stages, renamed headers, time-out and body limits',
  },
  {
    type: 'AWS::CloudFront::Distribution',
    operate: 'CDN distributions: behaviours, cached errors, invalidation',
    know: 'CloudFront: cache keys, origin groups, origin access control',
  },
  {
    type: 'AWS::CloudFront::Function',
    operate: 'CDN functions: separate runtime and release',
    know: "CloudFront Functions: a JavaScript runtime without Node's library",
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
    operate: 'event bus rules and schedules',
    know: 'EventBridge: patterns, retries, partial failures of PutEvents',
  },
  {
    type: 'AWS::S3::Bucket',
    operate: 'buckets: life cycle, access',
    know: 'S3: presigned forms, events, life cycle',
  },
  {
    type: 'AWS::SecretsManager::Secret',
    operate: 'secrets: rotation',
    know: 'Secrets Manager: how each deployable gets its secrets',
  },
  { type: 'AWS::Logs::LogGroup', operate: 'log groups: retention, cost' },
  { type: 'AWS::CloudWatch::Alarm', operate: 'alarms: notifications' },
  { type: 'AWS::CloudWatch::Dashboard', operate: 'dashboards: what to watch' },
  { type: 'AWS::IAM::Role', operate: 'roles: permissions as the code changes', know: 'IAM' },
];

export interface Operated {
  /** Kinds of things to operate, with the number of resources of each kind. */
  readonly operate: readonly { readonly count: number; readonly what: string }[];
  readonly know: readonly string[];
}

/** Selects what applies to a variant. @param byType resource counts by CloudFormation type */
export function operated(byType: Readonly<Record<string, number>>): Operated {
  const present = KINDS.filter(({ type }) => (byType[type] ?? 0) > 0);
  return {
    operate: present.flatMap(({ type, operate }) =>
      operate === undefined ? [] : [{ count: byType[type] ?? 0, what: operate }],
    ),
    know: present.flatMap(({ know }) => (know === undefined ? [] : [know])),
  };
}
