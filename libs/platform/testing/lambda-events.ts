import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

interface Request {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
  readonly sourceIp?: string;
  readonly cookies?: string[];
}

function bodyOf(body: Buffer | string | undefined) {
  if (body === undefined) return { isBase64Encoded: false };
  return typeof body === 'string'
    ? { body, isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

/**
 * An event in payload format 2.0. `path` is the path in the event: decoded for an HTTP API, as sent for a function URL.
 */
export function payloadV2(request: Request, kind: 'http-api' | 'function-url' = 'http-api') {
  const {
    method = 'GET',
    path,
    query = '',
    headers = {},
    sourceIp = '203.0.113.7',
    cookies,
  } = request;
  const domainName =
    kind === 'http-api'
      ? 'abc.execute-api.us-east-1.amazonaws.com'
      : 'abc.lambda-url.us-east-1.on.aws';
  return {
    version: '2.0',
    routeKey: kind === 'http-api' ? 'ANY /catalog/{proxy+}' : '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { host: domainName, ...headers },
    ...(cookies ? { cookies } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'abc',
      domainName,
      domainPrefix: 'abc',
      requestId: 'gateway-request-1',
      routeKey: kind === 'http-api' ? 'ANY /catalog/{proxy+}' : '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: 'test' },
    },
    ...bodyOf(request.body),
  } as APIGatewayProxyEventV2;
}

/** A REST API event in payload format 1.0. The stage is in the request context, not in `path`. */
export function payloadV1(request: Request & { multiValueHeaders?: Record<string, string[]> }) {
  const { method = 'GET', path, query = '', headers = {}, sourceIp = '203.0.113.7' } = request;
  const parsed = [...new URLSearchParams(query).entries()];
  const multi: Record<string, string[]> = {};
  for (const [name, value] of parsed) multi[name] = [...(multi[name] ?? []), value];
  return {
    resource: '/catalog/{proxy+}',
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: {
      ...Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, [v]])),
      ...request.multiValueHeaders,
    },
    queryStringParameters: parsed.length > 0 ? Object.fromEntries(parsed) : null,
    multiValueQueryStringParameters: parsed.length > 0 ? multi : null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      stage: 'live',
      path: `/live${path}`,
      resourcePath: '/catalog/{proxy+}',
      requestId: 'rest-1',
      identity: { sourceIp },
    },
    body: null,
    ...bodyOf(request.body),
  } as unknown as APIGatewayProxyEvent;
}
