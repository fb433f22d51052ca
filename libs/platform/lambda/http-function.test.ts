import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type HttpPlugin, receiveRawBodies } from '../http/index.ts';
import { captureLog, spansIn } from '../testing/captured-log.ts';
import { payloadV1, payloadV2 } from '../testing/lambda-events.ts';
import { shopApp, shopConfig } from '../testing/shop-app.ts';
import type { HttpEvent } from './http-event.ts';
import { type HttpResult, httpFunction } from './http-function.ts';

/** Every byte value, so that any text conversion becomes visible. */
const ALL_BYTES = Buffer.from(Array.from({ length: 1_024 }, (_, index) => index % 256));

const routes: HttpPlugin = async (app) => {
  app.get('/catalog/echo', async (request) => ({
    query: request.query,
    address: request.ip,
    id: request.id,
    cookie: request.headers.cookie ?? null,
  }));
  app.get('/catalog/image', async (_request, reply) => reply.type('image/webp').send(ALL_BYTES));
  app.get('/catalog/untyped', async (_request, reply) =>
    reply.type('application/octet-stream').send(Readable.from([ALL_BYTES, ALL_BYTES])),
  );
  app.get('/catalog/zipped', async (_request, reply) =>
    reply
      .header('content-encoding', 'gzip')
      .type('application/json')
      .send(gzipSync('{"zipped":true}')),
  );
  app.get('/catalog/cookies', async (request, reply) => {
    const { count } = request.query as { count: string };
    for (let index = 0; index < Number(count); index++)
      reply.header('set-cookie', `c${index}=v; Path=/`);
    return {};
  });
  app.get('/catalog/empty', async (_request, reply) => reply.code(204).send());
  app.delete('/catalog/names/:name', async (_request, reply) => reply.code(204).send());
  app.register(async (scope) => {
    receiveRawBodies(scope, 1024 * 1024);
    scope.post('/catalog/webhook', async (request) => {
      const body = request.body as Buffer;
      const signature = createHmac('sha256', 'key').update(body).digest('hex');
      return { signature, length: body.length };
    });
  });
};

let handle: (event: HttpEvent) => Promise<HttpResult>;
beforeAll(async () => {
  captureLog('error');
  handle = await httpFunction(() => shopApp(routes));
});

describe('the span of a request', () => {
  it.each([
    ['http-api', payloadV2({ path: '/catalog/echo' })],
    ['function-url', payloadV2({ path: '/catalog/echo' }, 'function-url')],
    ['rest-api', payloadV1({ path: '/catalog/echo' })],
  ])('has the transport %s', async (transport, event) => {
    const lines = captureLog('info');
    await handle(event);
    expect(spansIn(lines)).toMatchObject([{ name: 'GET /catalog/echo', transport }]);
  });
});

const deletion = { method: 'DELETE', path: '/catalog/names/a' };
it.each([
  ['an HTTP API', payloadV2(deletion)],
  ['a function URL', payloadV2(deletion, 'function-url')],
  ['a REST API', payloadV1(deletion)],
])('%s passes on a DELETE without a body', async (_title, event) => {
  expect((await handle(event)).statusCode).toBe(204);
});

it.each([
  ['an HTTP API', payloadV2],
  ['a REST API', payloadV1],
])('%s passes on a raw body with a malformed content type', async (_title, payload) => {
  const headers = { 'content-type': 'json' };
  const result = await handle(
    payload({ method: 'POST', path: '/catalog/webhook', body: '{"id":1}', headers }),
  );
  expect([result.statusCode, json(result).length]).toEqual([200, 8]);
});

const json = (result: HttpResult) => JSON.parse(result.body ?? 'null');
const bytes = (result: HttpResult) =>
  Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');

describe('responses', () => {
  it('are JSON as plain text', async () => {
    const result = await handle(payloadV2({ path: '/catalog/echo' }));
    expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: false });
    expect(result.headers?.['content-type']).toBe('application/json; charset=utf-8');
    expect(result.headers?.['x-content-type-options']).toBe('nosniff');
  });

  it('keep every byte of a binary body, from a buffer or a stream', async () => {
    const whole = await handle(payloadV2({ path: '/catalog/image' }));
    expect(whole.isBase64Encoded).toBe(true);
    expect(bytes(whole).equals(ALL_BYTES)).toBe(true);
    const streamed = await handle(payloadV1({ path: '/catalog/untyped' }));
    expect(bytes(streamed).equals(Buffer.concat([ALL_BYTES, ALL_BYTES]))).toBe(true);
  });

  it('keep compressed bodies compressed', async () => {
    const result = await handle(payloadV2({ path: '/catalog/zipped' }));
    expect(result.headers?.['content-encoding']).toBe('gzip');
    expect(gunzipSync(bytes(result)).toString()).toBe('{"zipped":true}');
  });

  it('may have no body', async () => {
    const result = await handle(payloadV2({ path: '/catalog/empty' }));
    expect([result.statusCode, result.body]).toEqual([204, '']);
  });

  it.each([1, 2, 3])('carry %i cookies as a list in payload 2.0', async (count) => {
    const result = await handle(payloadV2({ path: '/catalog/cookies', query: `count=${count}` }));
    expect(result.cookies).toHaveLength(count);
    expect(result.headers).not.toHaveProperty('set-cookie');
  });

  it('carry several cookies as a multi-value header in payload 1.0', async () => {
    const result = await handle(payloadV1({ path: '/catalog/cookies', query: 'count=2' }));
    expect(result.multiValueHeaders?.['set-cookie']).toHaveLength(2);
  });

  it('are problem+json for errors', async () => {
    const result = await handle(payloadV2({ path: '/catalog/nowhere' }));
    expect(result.headers?.['content-type']).toBe('application/problem+json; charset=utf-8');
    expect([result.statusCode, json(result).code, result.isBase64Encoded]).toEqual([
      404,
      'route-not-found',
      false,
    ]);
  });
});

describe('requests', () => {
  it('keep their query string as sent', async () => {
    const result = await handle(
      payloadV2({ path: '/catalog/echo', query: 'a=1%2C2&a=3&b=x%20y%26z' }),
    );
    expect(json(result).query).toEqual({ a: ['1,2', '3'], b: 'x y&z' });
    const rest = await handle(
      payloadV1({ path: '/catalog/echo', query: 'a=1%2C2&a=3&b=x%20y%26z' }),
    );
    expect(json(rest).query).toEqual({ a: ['1,2', '3'], b: 'x y&z' });
  });

  it('take the client address from the event', async () => {
    expect(json(await handle(payloadV2({ path: '/catalog/echo' }))).address).toBe('203.0.113.7');
    expect(json(await handle(payloadV1({ path: '/catalog/echo' }))).address).toBe('203.0.113.7');
  });

  it('take the client address from X-Forwarded-For behind a trusted proxy', async () => {
    const proxied = await httpFunction(() => shopApp(routes, { config: shopConfig(1) }));
    const headers = { 'x-forwarded-for': '6.6.6.6, 198.51.100.4' };
    const result = await proxied(payloadV2({ path: '/catalog/echo', headers }));
    expect(json(result).address).toBe('198.51.100.4');
  });

  it('carry cookies and the gateway request id', async () => {
    const result = await handle(payloadV2({ path: '/catalog/echo', cookies: ['a=1', 'b=2'] }));
    expect(json(result)).toMatchObject({ cookie: 'a=1; b=2', id: 'gateway-request-1' });
  });

  it('keep every value of repeated headers and parameters', async () => {
    const result = await handle(
      payloadV1({
        path: '/catalog/echo',
        query: 'a=1&b=&a=2&a=1',
        headers: { 'X-Request-Id': 'mine-1' },
        multiValueHeaders: { Cookie: ['a=1', 'b=2'] },
      }),
    );
    expect(json(result)).toMatchObject({
      query: { a: ['1', '2', '1'], b: '' },
      cookie: 'a=1; b=2',
      id: 'mine-1',
    });
  });

  it('read all values of X-Forwarded-For in payload 1.0', async () => {
    const proxied = await httpFunction(() => shopApp(routes, { config: shopConfig(2) }));
    const multiValueHeaders = { 'X-Forwarded-For': ['198.51.100.4', '6.6.6.6'] };
    const result = await proxied(payloadV1({ path: '/catalog/echo', multiValueHeaders }));
    expect(json(result).address).toBe('198.51.100.4');
  });

  it.each(['plain', 'base64'] as const)(
    'keep the exact bytes of a %s body for signatures',
    async (form) => {
      const text = '{ "id":"evt_1",\n  "name":"é 🛒 \\u00e9" }';
      const bytesSent = Buffer.from(text);
      for (const payload of [payloadV2, payloadV1]) {
        const result = await handle(
          payload({
            method: 'POST',
            path: '/catalog/webhook',
            headers: { 'content-type': 'application/json' },
            body: form === 'base64' ? bytesSent : text,
          }),
        );
        expect(json(result)).toEqual({
          signature: createHmac('sha256', 'key').update(bytesSent).digest('hex'),
          length: bytesSent.length,
        });
      }
    },
  );

  it('are read completely when the gateway changed the body but not Content-Length', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '2' };
    const body = Buffer.from('{"longer": true}');
    const result = await handle(
      payloadV2({ method: 'POST', path: '/catalog/webhook', headers, body }, 'function-url'),
    );
    expect([result.statusCode, json(result).length]).toEqual([200, body.length]);
  });

  it('are rejected when the gateway decoded a body that is not UTF-8', async () => {
    const statusOf = async (body: string, length: number) => {
      const headers = { 'content-type': 'application/json', 'content-length': String(length) };
      const event = payloadV2({ method: 'POST', path: '/catalog/webhook', headers, body });
      return (await handle(event)).statusCode;
    };
    // Eight bytes were sent. The gateway replaced two invalid ones with U+FFFD, which takes three bytes each.
    expect(await statusOf('{"\ufffd\ufffd":1}', 8)).toBe(400);
    expect(await statusOf('{"\ufffd\ufffd":1}', 12)).toBe(200);
  });
});
