import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { beginSpan, endSpan, type OpenSpan } from '../telemetry/span.ts';
import { withTrace } from '../telemetry/trace-context.ts';
import { newSpanId, parseTraceparent } from '../telemetry/traceparent.ts';

declare module 'fastify' {
  interface FastifyRequest {
    span: OpenSpan | null;
  }
}

/** What brought a request to the router: a socket of our own, or a gateway's event. */
export type RequestTransport = 'http' | 'http-api' | 'rest-api' | 'function-url';

declare module 'http' {
  interface IncomingMessage {
    /** Set by whoever turns events into requests; unset for what came over a socket. */
    transport?: RequestTransport;
  }
}

const REQUEST_ID = /^[A-Za-z0-9_.=-]{1,128}$/;

/** The caller's X-Request-Id when it is harmless, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newSpanId();
}

/** Makes each request a span of the caller's trace, and answers with the request's id. */
export function traceRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const header = request.headers.traceparent;
    const parent = parseTraceparent(typeof header === 'string' ? header : undefined);
    request.span = beginSpan(parent);
    reply.header('x-request-id', request.id);
    withTrace(request.span.context, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    if (request.span) {
      const name = `${request.method} ${request.routeOptions.url ?? '(no route)'}`;
      const { statusCode: status } = reply;
      const { transport = 'http' } = request.raw;
      const attributes = { status, transport, requestId: request.id };
      endSpan(request.span, name, status < 500, attributes);
    }
    done();
  });
}
