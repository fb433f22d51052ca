import { randomBytes } from 'node:crypto';
import http, {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { forwardedFor } from '../http-api/listener.ts';
import { answerByItself } from './error-answer.ts';
import type { Target } from './target-group.ts';

/**
 * Headers of one hop (RFC 9110, section 7.6.1); transfer-encoding is kept where it frames a
 * request's body.
 */
const HOP_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

/** ALB's `routing.http.drop_invalid_header_fields` keeps names of letters, digits and hyphens. */
const VALID_NAME = /^[a-z0-9-]+$/;

export interface ProxySettings {
  readonly agent: http.Agent;
  /** Longest silence of a target before it is given up with 504. */
  readonly idleTimeoutMs: number;
  readonly dropsInvalidHeaders: boolean;
  /** Put before each path; a load balancer changes none. */
  readonly pathPrefix?: string;
}

function traceId(received: string | string[] | undefined): string {
  const before = Array.isArray(received) ? received[0] : received;
  const time = Math.floor(Date.now() / 1000).toString(16);
  const id = `1-${time}-${randomBytes(12).toString('hex')}`;
  return before?.includes('Root=') ? `Self=${id};${before}` : `Root=${id}`;
}

function requestHeaders(
  request: IncomingMessage,
  { dropsInvalidHeaders }: ProxySettings,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (HOP_HEADERS.has(name)) continue;
    if (dropsInvalidHeaders && !VALID_NAME.test(name)) continue;
    headers[name] = value;
  }
  headers['x-forwarded-for'] = forwardedFor(request);
  headers['x-forwarded-proto'] = 'http';
  headers['x-forwarded-port'] = String(request.socket.localPort ?? '');
  headers['x-amzn-trace-id'] = traceId(request.headers['x-amzn-trace-id']);
  return headers;
}

/** The target's headers as it wrote them, repeated ones included. */
function responseHeaders(answer: IncomingMessage): string[] {
  const kept: string[] = [];
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    const name = answer.rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (HOP_HEADERS.has(lower) || lower === 'transfer-encoding') continue;
    kept.push(name, answer.rawHeaders[index + 1] ?? '');
  }
  return kept;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Streams a request to a target and its answer back; what fails is answered with 502 or 504. */
export function proxy(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  settings: ProxySettings,
  isRetry = false,
): void {
  const { agent, idleTimeoutMs, pathPrefix = '' } = settings;
  const upstream = http.request({
    host: target.host,
    port: target.port,
    method: request.method,
    path: pathPrefix + request.url,
    headers: requestHeaders(request, settings),
    agent,
    timeout: idleTimeoutMs,
  });
  target.inFlight += 1;
  upstream.once('close', () => {
    target.inFlight -= 1;
  });
  let late = false;
  upstream.on('timeout', () => {
    late = true;
    upstream.destroy();
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, responseHeaders(answer));
    answer.pipe(response);
    // Who has answered wants no more of the body: the rest is dropped, or the next request on this connection would wait.
    answer.once('end', () => {
      if (!upstream.writableFinished) upstream.destroy();
    });
    // The status has gone out already; only breaking off tells the client that the rest is missing.
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => {
    if (response.destroyed) return;
    // A kept connection that the target closed meanwhile says nothing about the target.
    const stale = upstream.reusedSocket && !late && !hasBody(request) && !response.headersSent;
    if (stale && !isRetry) proxy(request, response, target, settings, true);
    else answerByItself(response, late ? 504 : 502);
  });
  response.once('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
  if (!hasBody(request)) upstream.end();
  else {
    request.pipe(upstream);
    upstream.once('close', () => request.unpipe(upstream).resume());
  }
}
