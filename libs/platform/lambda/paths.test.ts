import { Type } from 'typebox';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpPlugin } from '../http/index.ts';
import { captureLog } from '../testing/captured-log.ts';
import { payloadV1, payloadV2 } from '../testing/lambda-events.ts';
import { shopApp } from '../testing/shop-app.ts';
import type { HttpEvent } from './http-event.ts';
import { type HttpResult, httpFunction } from './http-function.ts';

const routes: HttpPlugin = async (app) => {
  const params = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });
  app.get('/catalog/products/:id', { schema: { params } }, async (request) => request.params);
  app.get('/catalog/names/:name', async (request) => request.params);
};

let handle: (event: HttpEvent) => Promise<HttpResult>;
beforeAll(async () => {
  captureLog('error');
  handle = await httpFunction(() => shopApp(routes));
});

const json = (result: HttpResult) => JSON.parse(result.body ?? 'null');

describe('paths', () => {
  const nameOf = async (event: HttpEvent) => json(await handle(event)).name;

  it.each([
    ['a b', 'a b'],
    ['50%', '50%'],
    ['a%20b', 'a%20b'],
    ['wh?t', 'wh?t'],
    ['#1', '#1'],
    ['é🛒', 'é🛒'],
    ['a+b', 'a+b'],
    ['a;b', 'a;b'],
  ])('decoded by an HTTP API reach the route unchanged: %s', async (decoded, name) => {
    expect(await nameOf(payloadV2({ path: `/catalog/names/${decoded}` }))).toBe(name);
  });

  it.each([
    ['a%20b', 'a b'],
    ['a%2Fb', 'a/b'],
    ['50%25', '50%'],
  ])('are decoded once from a function URL and a REST API: %s', async (sent, name) => {
    const path = `/catalog/names/${sent}`;
    expect(await nameOf(payloadV2({ path }, 'function-url'))).toBe(name);
    expect(await nameOf(payloadV1({ path }))).toBe(name);
  });

  it.each(['a\0b', 'a b', 'a\nb', '../../etc'])(
    'that are not valid ids are rejected: %j',
    async (decoded) => {
      const result = await handle(payloadV2({ path: `/catalog/products/${decoded}` }));
      expect([400, 404]).toContain(result.statusCode);
      expect(result.headers?.['content-type']).toContain('problem+json');
    },
  );

  it('that cannot be decoded get 400, as over plain HTTP', async () => {
    const result = await handle(payloadV2({ path: '/catalog/names/%zz' }, 'function-url'));
    expect([result.statusCode, json(result).code]).toEqual([400, 'bad-url']);
  });

  it('may contain a lone surrogate', async () => {
    expect(await nameOf(payloadV2({ path: '/catalog/names/\ud800' }))).toBe('\ufffd');
  });

  it('lose only the base path of a REST API with a custom domain', async () => {
    const based = await handle(payloadV1({ path: '/v1/shop/catalog/names/x%2Fy' }));
    expect(json(based)).toEqual({ name: 'x/y' });
    const plain = await handle(payloadV1({ path: '/catalog/names/catalog' }));
    expect(json(plain)).toEqual({ name: 'catalog' });
  });

  it('keep a trailing slash', async () => {
    expect((await handle(payloadV1({ path: '/catalog/names/x/' }))).statusCode).toBe(404);
  });
});
