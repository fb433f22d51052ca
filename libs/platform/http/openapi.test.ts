import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopApp } from '../testing/shop-app.ts';
import { bearerAuth } from '../tokens/index.ts';
import { DOCS_POLICY } from './docs/docs-page.ts';
import type { HttpPlugin } from './index.ts';

const Product = Type.Object({
  id: Type.String({ pattern: '^[a-z]+$' }),
  amountCents: Type.Integer(),
});
const routes: HttpPlugin = async (app) => {
  app.get(
    '/catalog/products/:id',
    { schema: { params: Type.Object({ id: Type.String() }), response: { 200: Product } } },
    async () => ({ id: 'a', amountCents: 1 }),
  );
  const auth = bearerAuth({ config: { BASE_URL: 'http://127.0.0.1:1' } });
  app.delete(
    '/catalog/products/:id',
    { onRequest: auth.admin, schema: { params: Type.Object({ id: Type.String() }) } },
    async () => null,
  );
};

let app: FastifyInstance;
beforeEach(async () => {
  app = await shopApp(routes);
});
afterEach(() => app.close());

describe('the OpenAPI document', () => {
  it('describes the routes with their own schemas', async () => {
    const answer = await app.inject('/catalog/openapi.json');
    expect(answer.headers['content-type']).toContain('application/json');
    const document = answer.json();
    expect(document.info.title).toBe('Catalog');
    expect(Object.keys(document.paths)).toEqual(['/catalog/products/{id}']);
    const { get } = document.paths['/catalog/products/{id}'];
    expect(get.parameters[0]).toMatchObject({ name: 'id', in: 'path' });
    const schema = get.responses['200'].content['application/json'].schema;
    expect(schema.properties.amountCents).toEqual({ type: 'integer' });
  });

  it('is valid and includes the error response and the required role of each route', async () => {
    const document = (await app.inject('/catalog/openapi.json')).json();
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
    expect(document.paths['/catalog/products/{id}'].get.security).toBeUndefined();
    const { delete: removal } = document.paths['/catalog/products/{id}'];
    expect(removal.security).toEqual([{ accessToken: ['admin'] }]);
    expect(removal.responses.default.content).toHaveProperty(['application/problem+json']);
  });

  it('is also an HTML page whose policy allows only its own style', async () => {
    const answer = await app.inject('/catalog/docs');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toBe(DOCS_POLICY);
    expect(answer.body).toContain('/catalog/products/{id}');
    const style = /<style>([\s\S]*)<\/style>/.exec(answer.body)?.[1] ?? '';
    expect(DOCS_POLICY).toContain(createHash('sha256').update(style).digest('base64'));
  });

  it('is identical on every request', async () => {
    const [first, second] = [
      await app.inject('/catalog/openapi.json'),
      await app.inject('/catalog/openapi.json'),
    ];
    expect(first.body).toBe(second.body);
  });
});
