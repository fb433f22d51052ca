import { AwsError, type WireRequest } from '../kernel.ts';
import type { Protocol } from './errors.ts';

/** The service of a request, by its name in a SigV4 credential scope, and its error format. */
export interface Destination {
  readonly service: string;
  readonly protocol: Protocol;
}

/** The service for each prefix of `X-Amz-Target`, the header of the JSON protocols. */
const SERVICE_OF_TARGET: Record<string, string> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  secretsmanager: 'secretsmanager',
  Logs_20140328: 'logs',
};

/** `Credential=AKID/20260101/us-east-1/dynamodb/aws4_request`, in a header or a query parameter. */
const CREDENTIAL_SCOPE = /(?:^|Credential=)[^/\s]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

/** The error format of services whose requests do not show it. */
const PROTOCOL_OF_SERVICE: Record<string, Protocol> = {
  s3: 'rest-xml',
  cloudfront: 'query',
  route53: 'query',
  cloudformation: 'query',
  sts: 'query',
  iam: 'query',
};

/** The path of a queue URL: account and name. */
const QUEUE_PATH = /^\/\d{12}\/[^/]+$/;

type RequestHead = Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>;

/**
 * Chooses the service by `X-Amz-Target`, then by the credential scope of a signature, then by path
 * and content type. All other requests (browser form posts, preflights, plain GETs) go to S3, path
 * style.
 * @throws AwsError UnknownOperationException for a target of an unknown service
 */
export function chooseService(request: RequestHead): Destination {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) {
    const prefix = target.slice(0, target.lastIndexOf('.'));
    const service = SERVICE_OF_TARGET[prefix] ?? scopeOf(request);
    if (service === undefined) {
      throw new AwsError('UnknownOperationException', `The local cloud does not support ${target}`);
    }
    return { service, protocol: 'json' };
  }
  const service = endpointOf(scopeOf(request) ?? serviceOfUnsigned(request), request);
  return { service, protocol: PROTOCOL_OF_SERVICE[service] ?? protocolOfCall(request) };
}

/** Lambda's web functions are a service of their own, with the paths and the signature of Lambda. */
function endpointOf(service: string, { path }: RequestHead): string {
  return service === 'lambda' && path.startsWith('/2025-03-07/') ? 'lambda-web' : service;
}

function scopeOf(request: RequestHead): string | undefined {
  const credential = request.headers.authorization ?? request.query.get('X-Amz-Credential') ?? '';
  return CREDENTIAL_SCOPE.exec(credential)?.[1];
}

function serviceOfUnsigned(request: RequestHead): string {
  // A browser's form post to a bucket `v1` with the key `traces` is multipart.
  if (request.path === '/v1/traces' && request.method === 'POST' && !isMultipart(request)) {
    return 'otlp';
  }
  if (/^\/(2015-03-31\/functions|2025-03-07\/web-functions)(\/|$)/.test(request.path))
    return 'lambda';
  if (QUEUE_PATH.test(request.path) && isQueryCall(request)) return 'sqs';
  return isQueryForm(request) ? 'cloudformation' : 's3';
}

function isQueryForm(request: RequestHead): boolean {
  return (
    request.method === 'POST' &&
    (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  );
}

function isMultipart({ headers }: RequestHead): boolean {
  return (headers['content-type'] ?? '').startsWith('multipart/');
}

function protocolOfCall(request: RequestHead): Protocol {
  return isQueryCall(request) ? 'query' : 'json';
}

function isQueryCall(request: RequestHead): boolean {
  return isQueryForm(request) || request.query.has('Action');
}
