import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseVariant } from '@triptych/base/variants';
import type { Shop } from '../start/shop.ts';
import { orderSpans } from '../trace/order-spans.ts';

const MAX_BODY_BYTES = 16 * 1024;

/** Returns the body of the response. A thrown error becomes a 400. */
type Route = (url: URL, body: Record<string, unknown>) => unknown;

/**
 * Starts the control API on 127.0.0.1: the state of the processes and queues, the spans of a trace, and ways to inject
 * faults. Requests need the token that `npm start` prints. The server checks Host and Origin, so that no web page can
 * reach it by DNS rebinding or a cross-site request (OWASP).
 * @throws Error when the port is taken
 */
export async function startControlServer(options: {
  shop: Shop;
  port: number;
  token: string;
}): Promise<{ stop(): Promise<void> }> {
  const { shop, port, token } = options;
  const routes: Record<string, Route> = {
    'GET /control/status': () => ({
      variants: Object.fromEntries(shop.variants.map((name) => [name, shop.baseUrl[name]])),
      processes: shop.cloud.processes(),
      queues: shop.cloud.services.sqs.depths(),
    }),
    'GET /control/spans': (url) => shop.logs.spans(url.searchParams.get('traceId') ?? ''),
    'GET /control/trace': (url) =>
      orderSpans(shop, url.searchParams.get('order') ?? '', url.searchParams.get('variant')),
    'POST /control/kill': (_url, body) => {
      const variant = parseVariant(String(body.variant));
      const stack = `triptych-${variant}-${String(body.service)}`;
      const victims = shop.cloud.processes().filter((found) => found.stack === stack);
      for (const source of new Set(victims.map((found) => found.source))) {
        shop.cloud.kill(stack, source);
      }
      return { killed: victims.length };
    },
    'POST /control/deliver-delayed': () => ({
      delivered: shop.cloud.services.sqs.deliverDelayedNow(),
    }),
    'POST /control/misbehave': (_url, body) => {
      shop.cloud.misbehave(body);
      return body;
    },
  };
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
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
