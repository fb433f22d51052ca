interface Limit {
  /** The limit applies if the templates have this resource type. */
  readonly type: string;
  readonly subject: string;
  readonly text: string;
  readonly source: string;
}

const LAMBDA_QUOTAS = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const HTTP_API_QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
const REST_API_QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';
const BALANCER_QUOTAS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html';
const FARGATE_QUOTAS =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html';
const CDN_QUOTAS =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html';
const QUEUE_QUOTAS =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html';
const TABLE_QUOTAS =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html';
const BUS_QUOTAS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';

const WEB_FUNCTIONS = 'https://docs.aws.amazon.com/lambda/latest/dg/web-functions.html';
const WEB_SCALING = 'https://docs.aws.amazon.com/lambda/latest/dg/web-functions-scaling.html';
const WEB_RUNTIMES = 'https://docs.aws.amazon.com/lambda/latest/dg/web-functions-runtimes.html';
const WEB_HTTP = 'https://docs.aws.amazon.com/lambda/latest/dg/web-functions-http.html';

const LIMITS: readonly Limit[] = [
  {
    type: 'AWS::Lambda::WebFunctionRevision',
    subject: 'a request to a Web Function',
    text: 'at most 15 minutes, including the whole streamed response; 30 s by default, the templates set less',
    source: WEB_HTTP,
  },
  {
    type: 'AWS::Lambda::WebFunctionRevision',
    subject: 'body of a request to a Web Function and of its response',
    text: 'no number was found; responses are streamed, so the 6 MB of an event function do not apply',
    source: WEB_FUNCTIONS,
  },
  {
    type: 'AWS::Lambda::WebFunctionRevision',
    subject: 'concurrent requests per environment',
    text: '1 to 128, by default 64; Lambda lowers it by use of CPU and memory',
    source: WEB_SCALING,
  },
  {
    type: 'AWS::Lambda::WebFunctionRevision',
    subject: 'an environment of a Web Function',
    text: '2 vCPU, 2 GB, 512 MB of /tmp, not adjustable; must listen within 10 s; 1 s to stop',
    source: WEB_RUNTIMES,
  },
  {
    type: 'AWS::Lambda::WebFunctionEndpoint',
    subject: 'environments per endpoint',
    text: '2 to 10,000, by default no limit; 1,000 environments (2,000 vCPUs) per region and account',
    source: WEB_SCALING,
  },
  {
    type: 'AWS::Lambda::Function',
    subject: 'a function invocation',
    text: 'at most 15 minutes',
    source: LAMBDA_QUOTAS,
  },
  {
    type: 'AWS::Lambda::Function',
    subject: 'request or response body of a function',
    text: 'at most 6 MB, including base64 encoding of binary data',
    source: LAMBDA_QUOTAS,
  },
  {
    type: 'AWS::Lambda::Function',
    subject: 'concurrent requests per sandbox',
    text: 'one; by default 1,000 concurrent sandboxes per region',
    source: LAMBDA_QUOTAS,
  },
  {
    type: 'AWS::Lambda::Function',
    subject: 'a function’s artifact',
    text: 'at most 250 MB unzipped',
    source: LAMBDA_QUOTAS,
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    subject: 'response time behind an HTTP API',
    text: 'at most 30 s, not adjustable',
    source: HTTP_API_QUOTAS,
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    subject: 'body through an HTTP API',
    text: 'at most 10 MB; with a function, its limit of 6 MB applies',
    source: HTTP_API_QUOTAS,
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    subject: 'response time behind a REST API',
    text: 'at most 29 s by default',
    source: REST_API_QUOTAS,
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    subject: 'body through a REST API',
    text: 'at most 10 MB; with a function, its limit of 6 MB applies',
    source: REST_API_QUOTAS,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    subject: 'body through the load balancer',
    text: 'no limit with a container; 1 MB with a function',
    source: BALANCER_QUOTAS,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    subject: 'idle time of a connection',
    text: 'at most 4,000 s; the templates set 30 s',
    source: BALANCER_QUOTAS,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    subject: 'rules of a load balancer',
    text: '100 by default',
    source: BALANCER_QUOTAS,
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    subject: 'a task',
    text: 'at most 16 vCPU and 120 GB; no time limit',
    source: FARGATE_QUOTAS,
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    subject: 'time to stop',
    text: 'at most 120 s between SIGTERM and SIGKILL; the templates set 20 s',
    source: FARGATE_QUOTAS,
  },
  {
    type: 'AWS::CloudFront::Distribution',
    subject: 'response time of an origin behind the CDN',
    text: '30 s by default',
    source: CDN_QUOTAS,
  },
  {
    type: 'AWS::CloudFront::Function',
    subject: 'a CDN function',
    text: 'at most 10 KB of code and 2 MB of memory, no network',
    source: CDN_QUOTAS,
  },
  {
    type: 'AWS::SQS::Queue',
    subject: 'delay of a message',
    text: 'at most 15 minutes',
    source: QUEUE_QUOTAS,
  },
  {
    type: 'AWS::SQS::Queue',
    subject: 'messages in flight',
    text: 'about 120,000 per queue',
    source: QUEUE_QUOTAS,
  },
  {
    type: 'AWS::SQS::Queue',
    subject: 'retention of a message',
    text: 'at most 14 days',
    source: QUEUE_QUOTAS,
  },
  {
    type: 'AWS::DynamoDB::Table',
    subject: 'an item',
    text: 'at most 400 KB',
    source: TABLE_QUOTAS,
  },
  {
    type: 'AWS::DynamoDB::Table',
    subject: 'a transaction',
    text: 'at most 100 different items and 4 MB',
    source: TABLE_QUOTAS,
  },
  {
    type: 'AWS::Events::Rule',
    subject: 'targets of a rule',
    text: 'at most 5',
    source: BUS_QUOTAS,
  },
];

/** Returns the AWS limits that apply to a variant's resource types. */
export function limitsOf(byType: Readonly<Record<string, number>>): readonly Limit[] {
  return LIMITS.filter(({ type }) => (byType[type] ?? 0) > 0);
}
