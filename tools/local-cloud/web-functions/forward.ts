import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { requestHeaders, responseHeaders } from './request-rules.ts';

/** Idle connections close before those of the application, so that none is reused while it closes. */
const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 256, timeout: 4_000 });

interface Forwarding {
  readonly port: number;
  readonly body: Buffer;
  /** For the request and its whole response. */
  readonly timeoutMs: number;
  readonly requestId: string;
  readonly endpointName: string;
  readonly isSigned: boolean;
}

/**
 * Sends a request to an environment, and streams the response as the application writes it. Resolves when the response has
 * ended. Answers 502 when the application crashes, and 504 when it takes too long; after the first byte, it cuts the connection.
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  forwarding: Forwarding,
): Promise<void> {
  return new Promise((resolve) => {
    const { port, body, timeoutMs } = forwarding;
    const headers = requestHeaders(request, forwarding);
    if (body.length > 0 || request.headers['content-length'] !== undefined) {
      headers.push('Content-Length', String(body.length));
    }
    const upstream = http.request({
      ...{ host: '127.0.0.1', port, agent, headers },
      method: request.method,
      path: request.url,
    });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      upstream.destroy();
    }, timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      resolve();
    };
    upstream.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, [
        ...responseHeaders(answer.rawHeaders),
        ...['lambda-web-request-id', forwarding.requestId],
      ]);
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    upstream.once('error', () => {
      if (!response.headersSent && !response.destroyed) {
        fail(
          response,
          isLate ? 504 : 502,
          isLate ? 'The request took too long.' : 'The application crashed.',
        );
      } else response.destroy();
    });
    upstream.once('close', settle);
    response.once('close', () => {
      if (!response.writableFinished) upstream.destroy();
    });
    upstream.end(body);
  });
}

/** Answers for Lambda itself. The form of these bodies is not documented. */
export function fail(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}
