import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionAnswer } from './function-answer.ts';

/** Headers that belong to one connection, which a gateway writes itself. */
const CONNECTION_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/** Statuses that never have a body. */
const BODILESS = new Set([204, 205, 304]);

/** Writes a function's answer to the client. */
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
  // An answer to HEAD tells the length of a body it does not have.
  const length = isHead && body.length === 0 ? headers['content-length'] : undefined;
  response.setHeader('content-length', length ?? body.length);
  response.writeHead(status).end(isHead ? undefined : body);
}

/** Writes an answer that the gateway itself makes. */
export function sendMessage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: Readonly<Record<string, string>>,
): void {
  const headers = { 'content-type': 'application/json' };
  sendAnswer(request, response, { status, headers, body: Buffer.from(JSON.stringify(message)) });
}
