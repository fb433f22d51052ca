import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ControlledShop, controlRoutes } from './control-routes.ts';

const MAX_BODY_BYTES = 16 * 1024;

/**
 * Starts the control API on 127.0.0.1: the state of the processes and queues, the spans of a trace, and fault
 * injection. Requests need the token that `npm start` prints. The server checks Host and Origin, so that no web page can
 * reach it by DNS rebinding or a cross-site request (OWASP).
 * @throws Error when the port is taken
 */
export async function startControlServer(options: {
  shop: ControlledShop;
  port: number;
  token: string;
}): Promise<{ stop(): Promise<void> }> {
  const { shop, port, token } = options;
  const routes = controlRoutes(shop);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) =>
      send(response, 400, { detail: error.message }),
    );
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = `127.0.0.1:${port}`;
    const { origin } = request.headers;
    if (request.headers.host !== host || (origin && origin !== `http://${host}`)) {
      return send(response, 403, { detail: 'Unknown Host or Origin.' });
    }
    if (!sameToken(request.headers.authorization, token)) {
      return send(response, 401, {
        detail: 'Send "Authorization: Bearer <token>" as printed by npm start.',
      });
    }
    const url = new URL(request.url ?? '/', `http://${host}`);
    const route = routes[`${request.method} ${url.pathname}`];
    if (!route) return send(response, 404, { detail: `Routes: ${Object.keys(routes).join(', ')}` });
    return send(response, 200, await route(url, await readBody(request)));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sameToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new Error('The body is larger than 16 KiB.');
  }
  return parseBody(text);
}

/** @throws Error unless it is empty or a JSON object */
function parseBody(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const body = JSON.parse(text) as unknown;
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>;
    }
  } catch {
    // The message below applies to both.
  }
  throw new Error('Send a JSON object as the body.');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
