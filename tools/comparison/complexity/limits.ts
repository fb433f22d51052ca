interface Limit {
  /** Applies where the templates have this type. */
  readonly type: string;
  readonly subject: string;
  readonly text: string;
  readonly source: string;
}

const lambdaQuotas = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const httpApiQuotas =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
const restApiQuotas =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';
const balancerQuotas =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html';
const fargate =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html';
const cdnQuotas =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html';
const queueQuotas =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html';
const tableQuotas =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html';
const busQuotas = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';

const limits: readonly Limit[] = [
  {
    type: 'AWS::Lambda::Function',
    subject: 'one invocation',
    text: 'at most 15 minutes',
    source: lambdaQuotas,
  },
  {
    type: 'AWS::Lambda::Function',
    subject: 'body of a request or an answer of a function',
    text: 'at most 6 MB, binary in base64 included',
    source: lambdaQuotas,
  },
  {
    type: 'AWS::Lambda::Function',
    subject: 'requests in one sandbox',
    text: 'one at a time; 1,000 sandboxes at once in a region unless raised',
    source: lambdaQuotas,
  },
  {
    type: 'AWS::Lambda::Function',
    subject: 'artifact of a function',
    text: 'at most 250 MB unzipped',
    source: lambdaQuotas,
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    subject: 'answer behind an HTTP API',
    text: 'within 30 s, not to be raised',
    source: httpApiQuotas,
  },
  {
    type: 'AWS::ApiGatewayV2::Api',
    subject: 'body through an HTTP API',
    text: 'at most 10 MB; before a function its 6 MB come first',
    source: httpApiQuotas,
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    subject: 'answer behind a REST API',
    text: 'within 29 s unless raised',
    source: restApiQuotas,
  },
  {
    type: 'AWS::ApiGateway::RestApi',
    subject: 'body through a REST API',
    text: 'at most 10 MB; before a function its 6 MB come first',
    source: restApiQuotas,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    subject: 'body through the load balancer',
    text: 'no limit before a container; 1 MB before a function',
    source: balancerQuotas,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    subject: 'silence on a connection',
    text: 'at most 4,000 s; the templates say 30 s',
    source: balancerQuotas,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    subject: 'rules of a load balancer',
    text: '100 unless raised',
    source: balancerQuotas,
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    subject: 'one task',
    text: 'at most 16 vCPU and 120 GB; runs as long as it is wanted',
    source: fargate,
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    subject: 'time to stop',
    text: 'at most 120 s between SIGTERM and SIGKILL; the templates say 20 s',
    source: fargate,
  },
  {
    type: 'AWS::CloudFront::Distribution',
    subject: 'answer of an origin behind the CDN',
    text: 'within 30 s unless set otherwise',
    source: cdnQuotas,
  },
  {
    type: 'AWS::CloudFront::Function',
    subject: 'a function of the CDN',
    text: 'at most 10 KB of code and 2 MB of memory, no network',
    source: cdnQuotas,
  },
  {
    type: 'AWS::SQS::Queue',
    subject: 'delay of a message',
    text: 'at most 15 minutes',
    source: queueQuotas,
  },
  {
    type: 'AWS::SQS::Queue',
    subject: 'messages in hand',
    text: 'about 120,000 of one queue',
    source: queueQuotas,
  },
  {
    type: 'AWS::SQS::Queue',
    subject: 'life of a message',
    text: 'at most 14 days',
    source: queueQuotas,
  },
  { type: 'AWS::DynamoDB::Table', subject: 'an item', text: 'at most 400 KB', source: tableQuotas },
  {
    type: 'AWS::DynamoDB::Table',
    subject: 'a transaction',
    text: 'at most 100 items and 4 MB, no item twice',
    source: tableQuotas,
  },
  { type: 'AWS::Events::Rule', subject: 'targets of a rule', text: 'at most 5', source: busQuotas },
];

/** The limits of AWS that a variant meets, by the resource types it has. */
export function limitsOf(byType: Readonly<Record<string, number>>): readonly Limit[] {
  return limits.filter(({ type }) => (byType[type] ?? 0) > 0);
}
