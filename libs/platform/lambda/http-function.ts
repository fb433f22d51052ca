import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { FastifyInstance } from 'fastify';
import type { RequestTransport } from '../http/request-trace.ts';
import type { HttpEvent } from './functions.ts';
import { normalizeEvent } from './normalize-event.ts';

/** What API Gateway and function URLs take as an answer. */
export interface HttpResult {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** Text that survives as a string; everything else, and everything compressed, travels as base64. */
const TEXT = /^(text\/|application\/(problem\+)?json|application\/xml|image\/svg)/;

/**
 * The handler of an HTTP function. It feeds Fastify's router directly: going through `inject` would corrupt binary
 * bodies and lose the client's address.
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
 * The length of the body that came, not the one its sender gave: LocalStack writes forms anew. But text with U+FFFD in it
 * may be what a gateway made of bytes that were no UTF-8; then the two lengths must agree, and Fastify refuses it when they
 * do not. A text, because Fastify asks for '0' to see that there is no body.
 */
function lengthOf(request: IncomingMessage, event: HttpEvent): string {
  const { body } = request as IncomingMessage & { body?: Uint8Array | string };
  const mayBeChanged = !event.isBase64Encoded && event.body?.includes('\ufffd');
  const given = mayBeChanged ? request.headers['content-length'] : undefined;
  return String(given ?? Buffer.byteLength(body ?? ''));
}

/** For spans: which kind of front this event came from. */
function transportOf(event: HttpEvent): RequestTransport {
  if (!isV2(event)) return 'rest-api';
  return event.routeKey === '$default' ? 'function-url' : 'http-api';
}

const isV2 = (event: HttpEvent): event is APIGatewayProxyEventV2 =>
  'version' in event && event.version === '2.0';

/** A single Set-Cookie comes as a header, several as a list; payload 2.0 wants the list. */
function withCookieList(result: HttpResult): HttpResult {
  const cookie = result.headers?.['set-cookie'];
  if (cookie === undefined) return result;
  const { 'set-cookie': _moved, ...headers } = result.headers ?? {};
  return { ...result, headers, cookies: [...(result.cookies ?? []), cookie] };
}
