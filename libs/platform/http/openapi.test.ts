import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopApp, shopConfig } from '../testing/shop-app.ts';
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
    {
      schema: {
        params: Type.Object({ id: Type.String() }),
        response: { 200: Product },
        documented: { responses: { 200: { headers: { etag: { schema: {} } } } } },
      },
    },
    async () => ({ id: 'a', amountCents: 1 }),
  );
  const auth = bearerAuth({ config: { BASE_URL: 'http://127.0.0.1:1' } });
  app.delete(
    '/catalog/products/:id',
    { onRequest: auth.admin, schema: { params: Type.Object({ id: Type.String() }) } },
    async () => null,
  );
  app.post(
    '/catalog/products',
    {
      schema: {
        operationId: 'create',
        headers: Type.Object({ accept: Type.Optional(Type.String()) }),
        body: Product,
        response: { 201: Product },
        documented: {
          headers: Type.Object({ 'idempotency-key': Type.String({ description: 'New.' }) }),
          errors: { 409: ['already-exists'], 400: ['key-missing'] },
          responses: { 201: { headers: { location: { schema: { type: 'string' } } } } },
        },
      },
    },
    async (_request, reply) => reply.code(201).send({ id: 'a', amountCents: 1 }),
  );
  app.get(
    '/catalog/picture',
    { schema: { documented: { responses: { 200: { content: { 'image/png': {} } } } } } },
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
    expect(Object.keys(document.paths)).toEqual([
      '/catalog/products/{id}',
      '/catalog/products',
      '/catalog/picture',
    ]);
    const { get } = document.paths['/catalog/products/{id}'];
    expect(get.parameters[0]).toMatchObject({ name: 'id', in: 'path' });
    expect(get.responses['200'].headers).toEqual({ etag: { schema: {} } });
    const schema = get.responses['200'].content['application/json'].schema;
    expect(schema.properties.amountCents).toEqual({ type: 'integer' });
  });

  it('is valid and includes the required role of each route', async () => {
    const document = (await app.inject('/catalog/openapi.json')).json();
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
    expect(document.paths['/catalog/products/{id}'].get.security).toBeUndefined();
    const { delete: removal } = document.paths['/catalog/products/{id}'];
    expect(removal.security).toEqual([{ accessToken: ['admin'] }]);
  });

  it('lists the error codes of each route: its own, and those of its kind', async () => {
    const { paths, components } = (await app.inject('/catalog/openapi.json')).json();
    const codes = (operation: { responses: object }) =>
      Object.fromEntries(
        Object.entries(operation.responses)
          .filter(([status]) => Number(status) >= 400)
          .map(([status, response]) => {
            const { schema } = response.content['application/problem+json'];
            expect(schema.$ref).toBe('#/components/schemas/Problem');
            return [status, schema.properties.code.enum];
          }),
      );
    const always = { 500: ['internal'], 503: ['unavailable', 'timed-out', 'overloaded'] };
    const body = { 413: ['body-too-large'], 415: ['unsupported-media-type'] };
    const { get, delete: removal } = paths['/catalog/products/{id}'];
    expect(codes(get)).toEqual({ 400: ['validation', 'bad-url', 'bad-request'], ...always });
    expect(codes(removal)).toEqual({
      400: ['validation', 'malformed-json', 'bad-url', 'bad-request'],
      401: ['invalid-token'],
      403: ['forbidden'],
      ...body,
      ...always,
    });
    expect(codes(paths['/catalog/products'].post)).toEqual({
      400: ['key-missing', 'validation', 'malformed-json', 'bad-request'],
      409: ['already-exists'],
      ...body,
      ...always,
    });
    expect(components.schemas.Problem.required).toContain('code');
  });

  it('includes headers that the use case checks, and responses that are not JSON', async () => {
    const { paths } = (await app.inject('/catalog/openapi.json')).json();
    const { parameters, responses } = paths['/catalog/products'].post;
    expect(parameters).toEqual([
      { name: 'accept', in: 'header', required: false, schema: { type: 'string' } },
      {
        name: 'idempotency-key',
        in: 'header',
        required: true,
        description: 'New.',
        schema: { type: 'string' },
      },
    ]);
    expect(responses['201']).toMatchObject({
      description: 'Created',
      headers: { location: {} },
      content: { 'application/json': {} },
    });
    const picture = paths['/catalog/picture'].get.responses['200'];
    expect(picture).toEqual({ description: 'OK', content: { 'image/png': {} } });
  });

  it('does not validate headers that are documented only', async () => {
    const payload = { id: 'a', amountCents: 1 };
    const answer = await app.inject({ method: 'POST', url: '/catalog/products', payload });
    expect(answer.statusCode).toBe(201);
  });

  it('names the base URL as its server, else the address relative to the document', async () => {
    const here = (await app.inject('/catalog/openapi.json')).json();
    expect(here.servers).toEqual([{ url: '..' }]);
    const BASE_URL = 'https://shop.example/live';
    const staged = await shopApp(routes, { config: { ...shopConfig(), BASE_URL } });
    const { servers, paths } = (await staged.inject('/catalog/openapi.json')).json();
    await staged.close();
    expect(servers).toEqual([{ url: BASE_URL }]);
    expect(Object.keys(paths)).toEqual(Object.keys(here.paths));
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
