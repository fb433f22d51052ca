import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentTraceparent } from '../telemetry/index.ts';
import { captureLog, type LogLine, spansIn } from '../testing/captured-log.ts';
import { shopApp, shopConfig } from '../testing/shop-app.ts';
import { type HttpPlugin, receiveRawBodies } from './index.ts';

const routes: HttpPlugin = async (app) => {
  app.get('/catalog/address', async (request) => ({ address: request.ip }));
  app.get('/catalog/trace', async () => ({ traceparent: currentTraceparent() }));
  app.post('/catalog/trace', { schema: { body: Type.Object({}) } }, async () => ({
    traceparent: currentTraceparent(),
  }));
  app.register(async (scope) => {
    receiveRawBodies(scope, 100_000);
    scope.post('/catalog/raw', async ({ body }) => ({ raw: (body as Buffer).toString('base64') }));
  });
};

let app: FastifyInstance;
let lines: LogLine[];
beforeEach(async () => {
  lines = captureLog('info');
  app = await shopApp(routes, { config: shopConfig(1) });
});
afterEach(() => app.close());

describe('request ids', () => {
  it('accepts a valid one and returns it', async () => {
    const answer = await app.inject({
      url: '/catalog/address',
      headers: { 'x-request-id': 'abc-123' },
    });
    expect(answer.headers['x-request-id']).toBe('abc-123');
  });

  it.each(['', 'a b', 'x'.repeat(200), 'a\u0001b'])('replaces %j', async (given) => {
    const answer = await app.inject({
      url: '/catalog/address',
      headers: { 'x-request-id': given },
    });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the client address', () => {
  const addressOf = async (proxies: number, forwarded?: string) => {
    const other = await shopApp(routes, { config: shopConfig(proxies) });
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    const answer = await other.inject({
      url: '/catalog/address',
      headers,
      remoteAddress: '10.0.0.9',
    });
    await other.close();
    return answer.json<{ address: string }>().address;
  };

  it('is the N-th entry of X-Forwarded-For from the right', async () => {
    expect(await addressOf(1, '6.6.6.6, 203.0.113.7')).toBe('203.0.113.7');
    expect(await addressOf(2, '6.6.6.6, 203.0.113.7, 10.1.1.1')).toBe('203.0.113.7');
  });

  it('is the peer without a trusted proxy, regardless of the header', async () => {
    expect(await addressOf(0, '6.6.6.6')).toBe('10.0.0.9');
    expect(await addressOf(1)).toBe('10.0.0.9');
  });
});

describe('traces', () => {
  const remote = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it.each(['GET', 'POST'] as const)(
    'runs a %s handler in a child span of the caller',
    async (method) => {
      const headers = { traceparent: remote };
      const payload = method === 'POST' ? { payload: {} } : {};
      const answer = await app.inject({ method, url: '/catalog/trace', headers, ...payload });
      const [line] = spansIn(lines);
      expect(line).toMatchObject({
        name: `${method} /catalog/trace`,
        traceId: '0af7651916cd43dd8448eb211c80319c',
        parentId: 'b7ad6b7169203331',
        status: 200,
        transport: 'http',
        ok: true,
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.json()).toEqual({ traceparent: `00-${line?.traceId}-${line?.spanId}-01` });
    },
  );

  it('records the code of an error response', async () => {
    await app.inject({ method: 'POST', url: '/catalog/trace', payload: { more: 1 } });
    await app.inject('/catalog/nowhere');
    expect(spansIn(lines)).toMatchObject([{ status: 200 }, { status: 404 }]);
    expect(spansIn(lines)[1]).toMatchObject({ error: 'route-not-found' });
  });

  it('logs no span for health checks', async () => {
    await app.inject('/catalog/health/live');
    await app.inject('/catalog/health/ready');
    expect(lines).toEqual([]);
  });
});

describe('raw bodies', () => {
  it('keeps the exact bytes', async () => {
    const bytes = Buffer.from('{ "b":1,\n  "a":"\\u00e9 é 🛒" }  ');
    const answer = await app.inject({
      method: 'POST',
      url: '/catalog/raw',
      payload: bytes,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect(answer.json()).toEqual({ raw: bytes.toString('base64') });
  });

  it.each(['text/plain', 'json', 'application/', 'application/json; charset', '', undefined])(
    'have any content type: %j',
    async (type) => {
      const headers = type === undefined ? {} : { 'content-type': type };
      const payload = Buffer.from([0xff, 0x00]);
      const answer = await app.inject({ method: 'POST', url: '/catalog/raw', payload, headers });
      expect(answer.json()).toEqual({ raw: payload.toString('base64') });
    },
  );

  it('have the limit of their scope', async () => {
    const payload = Buffer.alloc(100_001);
    const answer = await app.inject({ method: 'POST', url: '/catalog/raw', payload });
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'body-too-large']);
  });
});

describe('every response', () => {
  it('has security headers and allows any origin, on success and on error', async () => {
    for (const url of ['/catalog/address', '/catalog/nowhere']) {
      const { headers } = await app.inject({ url, headers: { origin: 'https://shop.example' } });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'strict-transport-security': expect.stringContaining('max-age='),
        'access-control-allow-origin': '*',
        // Without this, a page cannot read the ETag to send as If-Match.
        'access-control-expose-headers': expect.stringContaining('etag'),
      });
    }
  });

  it('answers a preflight without authentication', async () => {
    const answer = await app.inject({
      method: 'OPTIONS',
      url: '/catalog/raw',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
  });

  it('allows every header that a preflight asks for', async () => {
    const asked = 'authorization,idempotency-key,if-none-match,tracestate,x-anything';
    const answer = await app.inject({
      method: 'OPTIONS',
      url: '/catalog/raw',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': asked,
      },
    });
    expect(answer.headers['access-control-allow-headers']).toBe(asked);
    expect(answer.headers.vary).toContain('Access-Control-Request-Headers');
  });
});
