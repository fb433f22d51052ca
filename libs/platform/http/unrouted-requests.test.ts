import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { shopApp } from '../testing/shop-app.ts';
import type { Problem } from './index.ts';

let app: FastifyInstance;
beforeEach(async () => {
  captureLog('fatal');
  app = await shopApp(async (scope) => {
    scope.get('/catalog/list', async () => ({}));
    const params = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });
    scope.get('/catalog/products/:id', { schema: { params } }, async () => ({}));
    scope.delete('/catalog/products/:id', async () => ({}));
    scope.get('/catalog/pictures/:id/w:width.:format', async () => ({}));
    scope.post('/catalog/things', async () => ({}));
  });
});
afterEach(() => app.close());

/** Sends exactly these bytes, because HTTP clients normalize paths. */
function overSocket(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    let received = '';
    socket
      .on('data', (chunk) => {
        received += chunk;
      })
      .on('error', reject);
    socket.on('close', () => resolve(received));
  });
}

describe('requests that never reach a route', () => {
  it.each([
    ['GET', '/nowhere'],
    ['POST', '/catalog/products'],
    ['POST', '/catalog/products/a/b'],
    ['POST', '/catalog/LIST'],
  ] as const)('get 404 when there is no such path: %s %s', async (method, url) => {
    const answer = await app.inject({ method, url });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'route-not-found']);
    expect(answer.headers.allow).toBeUndefined();
  });

  it.each([
    ['DELETE', '/catalog/list?a=1', 'GET, HEAD, OPTIONS'],
    ['PUT', '/catalog/products/a', 'DELETE, GET, HEAD, OPTIONS'],
    ['PATCH', '/catalog/pictures/a/w160.jpeg', 'GET, HEAD, OPTIONS'],
    ['GET', '/catalog/things', 'OPTIONS, POST'],
    ['TRACE', '/catalog/things', 'OPTIONS, POST'],
    ['PROPFIND', '/catalog/things', 'OPTIONS, POST'],
    ['POST', '/catalog/health/live', 'GET, HEAD, OPTIONS'],
  ] as const)('get 405 when the path has no %s: %s', async (method, url, allow) => {
    const answer = await app.inject({ method: method as 'GET', url });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([405, 'method-not-allowed']);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.headers).toHaveProperty('x-content-type-options');
    expect(answer.headers).toHaveProperty('access-control-allow-origin');
  });

  it.each(['text/plain', 'application/json', 'nonsense'])(
    'are rejected before their body of type %s is read',
    async (type) => {
      const request = { payload: '{"a":', headers: { 'content-type': type } };
      const wrong = await app.inject({ method: 'PUT', url: '/catalog/list', ...request });
      expect(wrong.json<Problem>().code).toBe('method-not-allowed');
      const unknown = await app.inject({ method: 'PUT', url: '/nowhere', ...request });
      expect(unknown.json<Problem>().code).toBe('route-not-found');
    },
  );

  it.each(['/catalog/%zz', `/catalog/products/${'a'.repeat(5_000)}`])(
    'get a response that a page can read when the router rejects the URL %.20s',
    async (url) => {
      const answer = await app.inject(url);
      expect([400, 404]).toContain(answer.statusCode);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': expect.stringContaining('x-request-id'),
        'x-content-type-options': 'nosniff',
        'x-request-id': answer.json<Problem>().requestId,
      });
    },
  );

  it('get 400 when the URL cannot be decoded', async () => {
    const answer = await app.inject('/catalog/%zz');
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([400, 'bad-url']);
  });

  it.each([
    [
      'a header that is too large',
      `GET /catalog/list HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['bad syntax', 'GET /catalog/list HTTP/1.1\r\nhost : a\r\n\r\n', 400],
  ])('get a response that a page can read to %s', async (_what, bytes, status) => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const answer = await overSocket(port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/^access-control-allow-origin: \*\r$/m);
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/m);
    expect(answer).toContain(`"status":${status}`);
  });

  it.each([
    '/catalog/../auth/me',
    '/catalog/products/../../etc/passwd',
    '/catalog/products/%2e%2e%2flist',
    '/catalog/products/%2e%2e',
    '/catalog/products/..%5c..%5clist',
    '/catalog/products/a%00',
    '/catalog/products/%c0%ae%c0%ae%c0%af',
    '/catalog/products/%e0%80%af',
    '/catalog//products/a',
    '//elsewhere.example/catalog/list',
    `/catalog/products/${'a'.repeat(5_000)}`,
  ])('get only 400 or 404 for a path traversal: %s', async (path) => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const answer = await overSocket(
      port,
      `GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).toContain('content-type: application/problem+json');
  });

  it('get problem+json even when they are not HTTP', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const answer = await overSocket(port, 'NOT HTTP\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 400 Bad Request');
    expect(answer).toContain('"code":"bad-request"');
  });

  it('get 431 when their headers are too large', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      const headers = { 'x-big': 'x'.repeat(20_000) };
      httpRequest({ port, host: '127.0.0.1', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(431);
  });
});
