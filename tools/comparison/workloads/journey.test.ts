import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UnexpectedAnswer } from './answers.ts';
import type { Journey } from './journey.ts';
import { prepareJourney } from './prepare-journey.ts';

/** A minimal shop for journeys. An order is confirmed at the third poll. */
const product = (id: string) => ({
  id,
  price: { amountCents: 100, currency: 'usd' },
  available: 5,
  image: { imageId: `picture-${id}` },
});
const seen: string[] = [];
const traced = new Set<string>();
let polls = 0;
let rejectOrders = false;

async function answer(request: IncomingMessage, response: ServerResponse) {
  const body: { email?: string } = await json(request);
  const { method = '', url = '', headers } = request;
  seen.push(`${method} ${url}${body.email ? ` ${body.email}` : ''}`);
  if (typeof headers.traceparent === 'string') traced.add(headers.traceparent.split('-')[1] ?? '');
  const reply = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  // The first page has only products without a picture, like products left behind by tests.
  if (url === '/catalog/products?limit=100') {
    return reply(200, { items: [{ ...product('x'), image: null }], nextCursor: 'a+b' });
  }
  if (url.endsWith('cursor=a%2Bb')) return reply(200, { items: ['a', 'b'].map(product) });
  if (url === '/auth/register') return reply(202, {});
  if (url === '/auth/login') return reply(200, { accessToken: `token-of-${body.email}` });
  if (url.endsWith('/stock')) return reply(200, {});
  if (url.endsWith('/large')) return response.end('bytes');
  if (url.startsWith('/images/')) return response.writeHead(302, { location: '/large' }).end();
  if (url === '/payments/orders') {
    return rejectOrders ? reply(409, { code: 'no' }) : reply(202, { id: 'o1', state: 'placed' });
  }
  polls += 1;
  return reply(200, { id: 'o1', state: polls < 3 ? 'charging' : 'confirmed', reason: null });
}

async function json(request: IncomingMessage) {
  const chunks = await Array.fromAsync(request);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}

const server = createServer((request, response) => void answer(request, response));
let journey: Journey;

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  polls = 0;
  rejectOrders = false;
  seen.length = 0;
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  journey = await prepareJourney({
    baseUrl,
    admin: { email: 'admin@x.example', password: 'p' },
    accounts: 6,
  });
});
afterEach(async () => {
  journey.close();
  await new Promise((resolve) => server.close(resolve));
});

it('registers customers and restocks products in advance', () => {
  expect(new Set(seen.filter((line) => line.startsWith('POST /auth/register'))).size).toBe(6);
  const stocked = seen.filter((line) => line.endsWith('/stock'));
  expect(stocked.sort()).toEqual(['a', 'b'].map((id) => `POST /catalog/products/${id}/stock`));
});

it('logs customers in by turns, so that no account exceeds the limit', async () => {
  seen.length = 0;
  for (let i = 0; i < 6; i += 1) await journey.logIn();
  expect(new Set(seen).size).toBe(6);
});

it('places an order and polls until it is confirmed', async () => {
  const { acceptedMs, confirmedMs, traceId } = await journey.order();
  expect(polls).toBe(3);
  expect(confirmedMs).toBeGreaterThan(acceptedMs);
  expect(traced).toContain(traceId);
});

it('follows a picture’s redirect and requests each new rendition once', async () => {
  seen.length = 0;
  await journey.picture();
  await journey.newPicture();
  await journey.newPicture();
  const paths = seen.filter((line) => line.includes('/images/'));
  expect(new Set(paths).size).toBe(3);
  expect(seen).toContain('GET /large');
});

it('reports an unexpected answer', async () => {
  rejectOrders = true;
  const failure = await journey.order().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UnexpectedAnswer);
  expect(String(failure)).toContain('POST /payments/orders answered 409: {"code":"no"}');
});
