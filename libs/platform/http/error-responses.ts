import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import { newSpanId } from '../telemetry/traceparent.ts';
import { PROBLEM_TYPE, problemHeaders, problemOf } from './problem.ts';
import { toAppError } from './to-app-error.ts';

/** Responds to any thrown value with problem+json. Server errors are logged with their cause. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toAppError(thrown);
  const problem = problemOf(error, request.id);
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
  // Fastify closes the connection if it did not read the whole body. A client that is still sending would then get a
  // reset instead of this response. The request timeout limits how long the rest of the body is read and discarded.
  if (problem.status === 413) reply.removeHeader('connection');
  reply.code(problem.status).headers(problemHeaders(error)).send(JSON.stringify(problem));
}

/** Responds with 404 to requests that match no route. */
export function handleUnknownRoutes(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    sendProblem(
      new AppError('not-found', 'route-not-found', 'There is nothing here.'),
      request,
      reply,
    );
  });
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
  const body = JSON.stringify({
    type: `urn:triptych:problem:${code}`,
    title,
    status,
    code,
    detail: 'The request could not be read.',
    requestId: newSpanId(),
  });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: ${PROBLEM_TYPE}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const CLIENT_ERRORS: Record<string, [status: number, title: string, code: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'request-timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'headers-too-large'],
};
