import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Largest answer of a function in bytes, as in AWS's error message. */
export const MAX_RESPONSE_BYTES = 6_291_556;

const PREFIX = '/2018-06-01/runtime/';

/** The calls a sandbox's process makes to the Runtime API. */
export interface RuntimeApiEvents {
  /** The process waits for work. `send` delivers one invocation. */
  next(send: (invocation: RuntimeInvocation) => void): void;
  response(requestId: string, body: Buffer): void;
  /** The answer exceeded `MAX_RESPONSE_BYTES`. */
  tooLarge(requestId: string): void;
  error(requestId: string, body: Buffer): void;
  initError(body: Buffer): void;
}

export interface RuntimeInvocation {
  readonly requestId: string;
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  readonly payload: Buffer;
  /** A line to write to both output streams at the end of the invocation. */
  readonly logEnd?: string;
}

/** Returns undefined when the body exceeds `MAX_RESPONSE_BYTES`. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_RESPONSE_BYTES) chunks.push(chunk);
  }
  return size > MAX_RESPONSE_BYTES ? undefined : Buffer.concat(chunks);
}

function accept(response: ServerResponse, status = 202): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"status":"OK"}\n');
}

function sendTo(response: ServerResponse): (invocation: RuntimeInvocation) => void {
  return (invocation) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': invocation.payload.length,
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': String(invocation.deadlineMs),
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': invocation.traceId,
      // A header must not contain the marker's control character.
      ...(invocation.logEnd ? { 'triptych-log-end': encodeURIComponent(invocation.logEnd) } : {}),
    });
    response.end(invocation.payload);
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  events: RuntimeApiEvents,
): Promise<void> {
  const path = request.url?.startsWith(PREFIX) ? request.url.slice(PREFIX.length) : '';
  if (request.method === 'GET' && path === 'invocation/next') return events.next(sendTo(response));
  const body = await read(request);
  if (path === 'init/error') {
    accept(response);
    return events.initError(body ?? Buffer.from('{}'));
  }
  const [, requestId, kind] = /^invocation\/([\w-]+)\/(response|error)$/.exec(path) ?? [];
  if (request.method !== 'POST' || !requestId) return accept(response, 404);
  accept(response, body ? 202 : 413);
  if (!body) return events.tooLarge(requestId);
  if (kind === 'response') events.response(requestId, body);
  else events.error(requestId, body);
}

/**
 * Serves the Lambda Runtime API (2018-06-01) to one sandbox. Each sandbox has its own port, so none
 * can answer for another. `address` has the form `host:port`.
 */
export async function startRuntimeApi(
  events: RuntimeApiEvents,
): Promise<{ address: string; close(): void }> {
  const server = createServer((request, response) => {
    serve(request, response, events).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
