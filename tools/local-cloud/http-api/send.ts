import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionAnswer } from './function-answer.ts';

/** Hop-by-hop headers, which a gateway sets itself. */
const CONNECTION_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/** Statuses that never have a body. */
const BODILESS = new Set([204, 205, 304]);

/** Sends a response to the client. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: FunctionAnswer,
): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!CONNECTION_HEADERS.includes(name)) response.setHeader(name, value);
  }
  if (BODILESS.has(status)) {
    response.writeHead(status).end();
    return;
  }
  const isHead = request.method === 'HEAD';
  // A response to HEAD has the length of the body that it leaves out.
  const length = isHead && body.length === 0 ? headers['content-length'] : undefined;
  response.setHeader('content-length', length ?? body.length);
  response.writeHead(status).end(isHead ? undefined : body);
}

/** Sends a JSON response of the gateway itself. */
export function sendMessage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: Readonly<Record<string, string>>,
): void {
  const headers = { 'content-type': 'application/json' };
  sendAnswer(request, response, { status, headers, body: Buffer.from(JSON.stringify(message)) });
}
