import { randomBytes } from 'node:crypto';
import http, {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { forwardedFor } from '../http-api/listener.ts';
import { sendError } from './error-answer.ts';
import type { Target } from './target-group.ts';

/**
 * Hop-by-hop headers (RFC 9110, section 7.6.1), without transfer-encoding, which frames the body of
 * a request.
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

/** Names that ALB's `routing.http.drop_invalid_header_fields` accepts, in lower case. */
const VALID_NAME = /^[a-z0-9-]+$/;

export interface ProxySettings {
  readonly agent: http.Agent;
  /** Idle timeout of the connection to a target. It is answered with 504. */
  readonly idleTimeoutMs: number;
  readonly dropsInvalidHeaders: boolean;
  /** Prefix for each path. A load balancer has none. */
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

/** Returns the target's end-to-end headers as sent, including repeated ones. */
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

/**
 * Streams a request to a target and the response back. Answers 502 when the target fails and 504
 * when it times out.
 */
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
    // The target has answered, so the rest of the body is discarded. Else it would block the next
    // request on this connection.
    answer.once('end', () => {
      if (!upstream.writableFinished) upstream.destroy();
    });
    // The status is already sent. Closing the connection tells the client that data is missing.
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => {
    if (response.destroyed) return;
    // Retry when the target has closed an idle keep-alive connection.
    const stale = upstream.reusedSocket && !late && !hasBody(request) && !response.headersSent;
    if (stale && !isRetry) proxy(request, response, target, settings, true);
    else sendError(response, late ? 504 : 502);
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
