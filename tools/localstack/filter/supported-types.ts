/**
 * Types that LocalStack's free edition really makes and that a stack is deployed for, seen in 4.14.0. Everything that is
 * not listed here stays out: LocalStack's CloudFormation would report it created.
 */
export const usefulTypes: readonly string[] = [
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Url',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

/** Supported as well, but a stack that holds nothing else serves nobody. */
const onlyBesideOthers = [
  'AWS::ApiGateway::Account',
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
];

const useful: ReadonlySet<string> = new Set(usefulTypes);
const supported: ReadonlySet<string> = new Set([...usefulTypes, ...onlyBesideOthers]);

/** Whether LocalStack's free edition has resources of this type. */
export const isSupported = (type: string): boolean => supported.has(type);

/** Whether a stack is worth deploying for a resource of this type alone. */
export const isUseful = (type: string): boolean => useful.has(type);

/** What people call the services whose types are left out. */
const titles: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2': 'HTTP API',
  'AWS::ApplicationAutoScaling': 'auto scaling',
  'AWS::CloudFront': 'CDN',
  'AWS::EC2': 'network',
  'AWS::ECS': 'container services (ECS)',
  'AWS::ElasticLoadBalancingV2': 'load balancer',
};

/** `AWS::ECS::Service` as "container services (ECS)"; a service we have no word for keeps its own name. */
export function titleOf(type: string): string {
  const service = type.split('::', 2).join('::');
  return titles[service] ?? service;
}
