import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import { newSpanId } from '../telemetry/traceparent.ts';
import { PROBLEM_TYPE, problemHeaders, problemOf } from './problem.ts';
import { toAppError } from './to-app-error.ts';

/** Answers any thrown value as problem+json; what is our own fault is logged with its cause. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
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
  // Fastify closes after a body that it has not read; a client that still sends would get a reset instead of this answer. The
  // time limit of a request bounds what is read and dropped.
  if (problem.status === 413) reply.removeHeader('connection');
  reply.code(problem.status).headers(problemHeaders(error)).send(JSON.stringify(problem));
}

/** Answers requests that match no route. */
export function answerUnknownRoutes(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    answerError(
      new AppError('not-found', 'route-not-found', 'There is nothing here.'),
      request,
      reply,
    );
  });
}

/** Answers bytes that never became a request: bad syntax, too many headers, or a sender that stalls. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, title, code] = BROKEN[error.code ?? ''] ?? [400, 'Bad Request', 'bad-request'];
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

const BROKEN: Record<string, [status: number, title: string, code: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'request-timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'headers-too-large'],
};
