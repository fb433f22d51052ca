import { BODIES_METADATA, type LargestBodies } from '../../constructs/largest-bodies.ts';
import { type CheckedResource, perResource, type Quota } from './quota.ts';

const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const HTTP_API =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
const REST_API =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';

const MB = 1024 * 1024;
/** Headers, which API Gateway limits to 10 KB in all, and the other fields of an event or an answer. */
const AROUND_BODY_BYTES = 32 * 1024;

const bodiesOf = ({ metadata }: CheckedResource) =>
  (metadata[BODIES_METADATA] as Partial<LargestBodies> | undefined) ?? {};

/** A body in an event or an answer of a function. Base64 writes three bytes as four characters. */
const inEvent = (bytes: number | undefined) =>
  bytes === undefined ? undefined : 4 * Math.ceil(bytes / 3) + AROUND_BODY_BYTES;

/** The larger body of a resource that passes bodies on unchanged. */
function largerOf(resource: CheckedResource): number {
  const { requestBytes = 0, responseBytes = 0 } = bodiesOf(resource);
  return Math.max(requestBytes, responseBytes);
}

/** Quotas of bodies, compared with the largest ones that the services accept and send. */
export const PAYLOAD_QUOTAS: readonly Quota[] = [
  {
    name: 'bytes of an event with the largest request',
    atMost: 6 * MB,
    page: LAMBDA,
    measure: perResource('AWS::Lambda::Function', (one) => inEvent(bodiesOf(one).requestBytes)),
  },
  {
    name: 'bytes of an answer with the largest response',
    atMost: 6 * MB,
    page: LAMBDA,
    measure: perResource('AWS::Lambda::Function', (one) => inEvent(bodiesOf(one).responseBytes)),
  },
  {
    name: 'bytes of the largest body through an HTTP API',
    atMost: 10 * MB,
    page: HTTP_API,
    measure: perResource('AWS::ApiGatewayV2::Integration', largerOf),
  },
  {
    name: 'bytes of the largest body through a REST API',
    atMost: 10 * MB,
    page: REST_API,
    measure: perResource('AWS::ApiGateway::Method', largerOf),
  },
];
