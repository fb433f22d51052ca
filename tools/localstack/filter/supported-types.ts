/**
 * The types that LocalStack's free edition creates and that make a stack worth deploying, as observed in 4.14.0. Unlisted
 * types are left out, because LocalStack's CloudFormation reports them as created without creating them.
 */
export const USEFUL_TYPES: readonly string[] = [
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

/** Supported too, but useless in a stack without any of the types above. */
const COMPANION_TYPES = [
  'AWS::ApiGateway::Account',
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

const USEFUL: ReadonlySet<string> = new Set(USEFUL_TYPES);
const SUPPORTED: ReadonlySet<string> = new Set([...USEFUL_TYPES, ...COMPANION_TYPES]);

/** Whether LocalStack's free edition has resources of this type. */
export const isSupported = (type: string): boolean => SUPPORTED.has(type);

/** Whether a stack is worth deploying for a resource of this type alone. */
export const isUseful = (type: string): boolean => USEFUL.has(type);

/** Titles of services whose types are left out. */
const SERVICE_TITLES: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2': 'HTTP API',
  'AWS::ApplicationAutoScaling': 'auto scaling',
  'AWS::Budgets': 'budget',
  'AWS::CertificateManager': 'certificate',
  'AWS::CloudFront': 'CDN',
  'AWS::CloudWatch': 'dashboard',
  'AWS::EC2': 'network',
  'AWS::ECS': 'container services (ECS)',
  'AWS::ElasticLoadBalancingV2': 'load balancer',
  'AWS::Route53': 'DNS',
};

/** The title of a type's service: "container services (ECS)" for `AWS::ECS::Service`. Falls back to `AWS::ECS`. */
export function titleOf(type: string): string {
  const service = type.split('::', 2).join('::');
  return SERVICE_TITLES[service] ?? service;
}
