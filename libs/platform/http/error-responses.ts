import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import { newSpanId } from '../telemetry/traceparent.ts';
import { CORS_HEADERS } from './cors.ts';
import { PROBLEM_TYPE, problemHeaders, problemOf } from './problem.ts';
import { recordErrorCode } from './request-trace.ts';
import { securityHeaders } from './security-headers.ts';
import { toAppError } from './to-app-error.ts';

/** Responds to any thrown value with problem+json. Server errors are logged with their cause. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toAppError(thrown);
  const problem = problemOf(error, request.id);
  recordErrorCode(request, error.code);
  if (problem.status >= 500) {
    const line = {
      err: error.cause ?? error,
      code: error.code,
      requestId: request.id,
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      ...(request.span ? { traceId: request.span.context.traceId } : {}),
    };
    currentLogger()[error.kind === 'internal' ? 'error' : 'warn'](line, 'request failed');
  }
  // Fastify closes the connection when a body cannot be read. A client that is still sending a body that is too large
  // would then get a reset instead of this response; the request timeout limits how long the rest is read and discarded.
  // A body of another type has been read completely.
  if (problem.status === 413 || problem.status === 415) reply.removeHeader('connection');
  reply.code(problem.status).headers(problemHeaders(error)).send(JSON.stringify(problem));
}

/**
 * Responds to a request that the router rejects before it looks for a route, for example because its URL cannot be
 * decoded. No hook runs for it, so the headers of every response are set here.
 */
export function sendFrameworkError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers(headersOutsideRoutes(request.id));
  sendProblem(thrown, request, reply);
}

/** The headers that hooks add to every response of a route. */
function headersOutsideRoutes(requestId: string): Record<string, string> {
  return { ...securityHeaders(), ...CORS_HEADERS, 'x-request-id': requestId };
}

/** Responds to bytes that are not a complete request: bad syntax, oversized headers, or a stalled client. */
export function handleClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, title, code] = CLIENT_ERRORS[error.code ?? ''] ?? [
    400,
    'Bad Request',
    'bad-request',
  ];
  const requestId = newSpanId();
  const body = JSON.stringify({
    type: `urn:triptych:problem:${code}`,
    title,
    status,
    code,
    detail: 'The request could not be read.',
    requestId,
  });
  const headers = {
    ...headersOutsideRoutes(requestId),
    'content-type': PROBLEM_TYPE,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${title}`, ...lines, '', body].join('\r\n'));
}

const CLIENT_ERRORS: Record<string, [status: number, title: string, code: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'request-timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'headers-too-large'],
};
