import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginSpan, endSpan, type OpenSpan } from '../telemetry/span.ts';
import { withTrace } from '../telemetry/trace-context.ts';
import { newSpanId, parseTraceparent } from '../telemetry/traceparent.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's span; null outside the traced scope. */
    span: OpenSpan | null;
  }
}

/**
 * How a request reached the router: over a socket or in a gateway's event. Spans of the variants differ only in this.
 */
export type RequestTransport = 'http' | 'web-function' | 'http-api' | 'rest-api' | 'function-url';

declare module 'http' {
  interface IncomingMessage {
    /** Set for requests to a function; unset for requests to a container. */
    transport?: RequestTransport;
  }
}

const REQUEST_ID = /^[A-Za-z0-9_.=-]{1,128}$/;

/** The caller's X-Request-Id if it is valid, otherwise a new id. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newSpanId();
}

/** Records the code of an error response in the request's span, if it has one. */
export function recordErrorCode(request: FastifyRequest, code: string): void {
  Object.assign(request.span?.context.added ?? {}, { error: code });
}

/** Makes each request a span in the caller's trace, and returns the request id in X-Request-Id. */
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
