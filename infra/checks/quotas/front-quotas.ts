import {
  type Checked,
  type CheckedResource,
  nameOf,
  perResource,
  type Quota,
  summed,
} from './quota.ts';

const ELB =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html';
const HTTP_API =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
const REST_API =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';
const CLOUDFRONT =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

/** Counts the resources of a type that refer to the same value, such as the rules of a listener. */
const countPer =
  (type: string, property: string) =>
  ({ resources }: Checked) =>
    summed(
      resources.filter((resource) => resource.type === type),
      ({ properties }) => `${type} of ${JSON.stringify(properties[property])}`,
    );

/** The values of all conditions of a rule. */
const valuesOf = ({ properties }: CheckedResource): unknown[] =>
  (properties.Conditions ?? []).flatMap((condition: Record<string, unknown>) =>
    Object.values(condition).flatMap((config) => (config as { Values?: unknown[] }).Values ?? []),
  );

/** The timeouts of the functions in the stacks that have an integration of a type. */
const timeoutsBehind =
  (integration: string) =>
  ({ resources }: Checked) => {
    const stacks = new Set(
      resources.filter(({ type }) => type === integration).map((r) => r.stack),
    );
    return resources
      .filter(
        ({ type, id, stack }) =>
          type === 'AWS::Lambda::Function' && id === 'Http' && stacks.has(stack),
      )
      .map((one) => ({ where: nameOf(one), value: Number(one.properties.Timeout) }));
  };

const lengthOf = (list: unknown) => (Array.isArray(list) ? list.length : 0);

/** Quotas of load balancers, gateways and the CDN. */
export const FRONT_QUOTAS: readonly Quota[] = [
  {
    name: 'rules of a load balancer, excluding the default',
    atMost: 100,
    page: ELB,
    measure: countPer(RULE, 'ListenerArn'),
  },
  {
    name: 'condition values of a rule',
    atMost: 5,
    page: ELB,
    measure: perResource(RULE, (rule) => valuesOf(rule).length),
  },
  {
    name: 'wildcards in the conditions of a rule',
    atMost: 6,
    page: ELB,
    measure: perResource(RULE, (rule) => JSON.stringify(valuesOf(rule)).split(/[*?]/).length - 1),
  },
  {
    name: 'routes of an HTTP API',
    atMost: 300,
    page: HTTP_API,
    measure: countPer('AWS::ApiGatewayV2::Route', 'ApiId'),
  },
  {
    name: 'integrations of an HTTP API',
    atMost: 300,
    page: HTTP_API,
    measure: countPer('AWS::ApiGatewayV2::Integration', 'ApiId'),
  },
  {
    name: 'seconds of timeout of a function behind an HTTP API',
    atMost: 30,
    page: HTTP_API,
    measure: timeoutsBehind('AWS::ApiGatewayV2::Integration'),
  },
  {
    name: 'resources of a REST API',
    atMost: 300,
    page: REST_API,
    measure: countPer('AWS::ApiGateway::Resource', 'RestApiId'),
  },
  {
    name: 'seconds of timeout of a function behind a REST API',
    atMost: 29,
    page: REST_API,
    measure: timeoutsBehind('AWS::ApiGateway::Method'),
  },
  {
    name: 'cache behaviors of a distribution',
    atMost: 75,
    page: CLOUDFRONT,
    measure: perResource('AWS::CloudFront::Distribution', ({ properties }) =>
      lengthOf(properties.DistributionConfig.CacheBehaviors),
    ),
  },
  {
    name: 'bytes of a CloudFront function',
    atMost: 10_240,
    page: CLOUDFRONT,
    measure: perResource('AWS::CloudFront::Function', ({ properties }) =>
      Buffer.byteLength(properties.FunctionCode),
    ),
  },
];
