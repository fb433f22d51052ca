import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { FastifyInstance } from 'fastify';
import type { RequestTransport } from '../http/request-trace.ts';
import type { HttpEvent } from './http-event.ts';
import { normalizeEvent } from './normalize-event.ts';

/** The response format of API Gateway and function URLs. */
export interface HttpResult {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** Content types that are returned as a string. Everything else, and everything compressed, is returned as base64. */
const TEXT = /^(text\/|application\/(problem\+)?json|application\/xml|image\/svg)/;

/**
 * The handler of an HTTP function. It calls Fastify's router directly, because `inject` would corrupt binary bodies and
 * lose the client's address.
 */
export async function httpFunction(
  makeApp: () => Promise<FastifyInstance>,
): Promise<(event: HttpEvent, context?: Context) => Promise<HttpResult>> {
  const [app, { default: serverless }] = await Promise.all([makeApp(), import('serverless-http')]);
  await app.ready();
  const handle = serverless(app.routing as never, {
    binary: ((headers: Record<string, string>) =>
      headers['content-encoding'] !== undefined ||
      !TEXT.test(headers['content-type'] ?? 'text/')) as never,
    request: (request: IncomingMessage, event: HttpEvent) => {
      request.transport = transportOf(event);
      request.headers['content-length'] = lengthOf(request, event);
    },
  });
  return async (event, context) => {
    const result = (await handle(normalizeEvent(event) as never, context ?? {})) as HttpResult;
    return isV2(event) ? withCookieList(result) : result;
  };
}

/**
 * Content-Length of the body in the event. The header that the client sent may be wrong, because LocalStack re-encodes
 * forms. But if a text body contains U+FFFD, the gateway may have decoded bytes that are not UTF-8. Then the client's
 * header is kept, and Fastify rejects the body if its length differs.
 * @returns a string, because Fastify compares it with '0' to detect an empty body
 */
function lengthOf(request: IncomingMessage, event: HttpEvent): string {
  const { body } = request as IncomingMessage & { body?: Uint8Array | string };
  const mayBeReplaced = !event.isBase64Encoded && event.body?.includes('\ufffd');
  const declared = mayBeReplaced ? request.headers['content-length'] : undefined;
  return String(declared ?? Buffer.byteLength(body ?? ''));
}

/** The kind of endpoint that sent this event, for spans. */
function transportOf(event: HttpEvent): RequestTransport {
  if (!isV2(event)) return 'rest-api';
  return event.routeKey === '$default' ? 'function-url' : 'http-api';
}

const isV2 = (event: HttpEvent): event is APIGatewayProxyEventV2 =>
  'version' in event && event.version === '2.0';

/** serverless-http returns a single Set-Cookie as a header and several as a list. Payload 2.0 requires the list. */
function withCookieList(result: HttpResult): HttpResult {
  const cookie = result.headers?.['set-cookie'];
  if (cookie === undefined) return result;
  const { 'set-cookie': _moved, ...headers } = result.headers ?? {};
  return { ...result, headers, cookies: [...(result.cookies ?? []), cookie] };
}
