import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clientAddress, forwardedFor } from '../http-api/listener.ts';
import { commonLogTime } from '../http-api/payload-v2.ts';
import { isBinary } from './media-types.ts';

/** The fields of an event that come from the API instead of the request. */
export interface PayloadSource {
  /** The raw path, without the stage. */
  readonly path: string;
  readonly query: string;
  readonly stage: string;
  readonly resourceId: string;
  readonly resourcePath: string;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  readonly apiId: string;
  readonly accountId: string;
  readonly binaryMediaTypes: readonly string[];
}

/** Headers that functions never receive ("Amazon API Gateway important notes for REST APIs"). */
const DROPPED = new Set(
  (
    'connection content-length content-md5 expect keep-alive max-forwards proxy-authenticate server ' +
    'te trailer transfer-encoding upgrade www-authenticate'
  ).split(' '),
);

type Values = Record<string, string[]>;

/** Without a prototype, so that `__proto__` and `constructor` are ordinary names. */
const noValues = (): Values => Object.create(null) as Values;

/** Returns all values of each header. Names keep their case. */
function multiValueHeaders(request: IncomingMessage): Values {
  const headers = noValues();
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(index, index + 2);
    const lower = name.toLowerCase();
    if (DROPPED.has(lower) || lower === 'x-forwarded-for') continue;
    headers[name] = [...(headers[name] ?? []), value];
  }
  const time = Math.floor(Date.now() / 1000).toString(16);
  headers['X-Amzn-Trace-Id'] = [`Root=1-${time}-${randomBytes(12).toString('hex')}`];
  headers['X-Forwarded-For'] = [forwardedFor(request)];
  headers['X-Forwarded-Port'] = [String(request.socket.localPort ?? '')];
  headers['X-Forwarded-Proto'] = ['http'];
  return headers;
}

/** Returns decoded parameters. `;` separates them like `&` (important notes for REST APIs). */
function multiValueParameters(query: string): Values | null {
  const parameters = noValues();
  for (const [name, value] of new URLSearchParams(query.replaceAll(';', '&'))) {
    parameters[name] = [...(parameters[name] ?? []), value];
  }
  return Object.keys(parameters).length > 0 ? parameters : null;
}

/** Returns the last value of each name. */
function lastOf(multiple: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(multiple).map(([name, all]) => [name, all.at(-1) ?? '']),
  );
}

/**
 * Builds the event of a Lambda proxy integration (API Gateway Developer Guide, "Input format of a
 * Lambda function for proxy integration"). `path` is raw and excludes the stage;
 * `requestContext.path` includes it.
 */
export function payloadV1(request: IncomingMessage, body: Buffer, source: PayloadSource) {
  const { path, stage, apiId, accountId, resourcePath, resourceId } = source;
  const now = new Date();
  const headers = multiValueHeaders(request);
  const parameters = multiValueParameters(source.query);
  const host = request.headers.host ?? '';
  const bytes =
    body.length > 0 && isBinary(source.binaryMediaTypes, request.headers['content-type']);
  const method = request.method ?? 'GET';
  return {
    resource: resourcePath,
    path,
    httpMethod: method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: parameters && lastOf(parameters),
    multiValueQueryStringParameters: parameters,
    pathParameters: source.pathParameters,
    stageVariables: null,
    requestContext: {
      accountId,
      apiId,
      domainName: host,
      domainPrefix: host.split('.')[0] ?? '',
      extendedRequestId: randomBytes(11).toString('base64'),
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        sourceIp: clientAddress(request),
        user: null,
        userAgent: request.headers['user-agent'] ?? null,
        userArn: null,
      },
      path: `/${stage}${path}`,
      protocol: `HTTP/${request.httpVersion}`,
      requestId: randomUUID(),
      requestTime: commonLogTime(now),
      requestTimeEpoch: now.getTime(),
      resourceId,
      resourcePath,
      stage,
    },
    body: body.length > 0 ? body.toString(bytes ? 'base64' : 'utf8') : null,
    isBase64Encoded: bytes,
  };
}
