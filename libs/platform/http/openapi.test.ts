import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopApp } from '../testing/shop-app.ts';
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
};

let app: FastifyInstance;
beforeEach(async () => {
  app = await shopApp(routes);
});
afterEach(() => app.close());

describe('the OpenAPI document', () => {
  it('describes the routes by their own schemas', async () => {
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

  it('is the same each time', async () => {
    const [first, second] = [
      await app.inject('/catalog/openapi.json'),
      await app.inject('/catalog/openapi.json'),
    ];
    expect(first.body).toBe(second.body);
  });
});
