import { describe, expect, test } from 'vitest';
import { adminToken } from './support/accounts.ts';
import { call } from './support/http.ts';
import { documentedRoutes, filled } from './support/openapi.ts';
import { host, sendRaw } from './support/raw-socket.ts';
import { newProduct } from './support/shop.ts';
import { target } from './support/target.ts';

/** Every documented route that changes something and takes no body. */
const routes = (await documentedRoutes())
  .filter(({ method, operation }) => method !== 'GET' && !operation.requestBody)
  .map(({ method, path }) => [`${method} ${path}`, method, filled(path)] as const);

const basePath = new URL(target.baseUrl).pathname.replace(/\/$/, '');

const chunkedEmpty = ['transfer-encoding: chunked', '', '0', '', ''];
const types = [
  'application/json',
  'Application/JSON; charset=utf-8',
  'text/plain',
  '*/*',
  'json',
  'application/',
];
const framings = [
  ['no length', ['', '']],
  ['length 0', ['content-length: 0', '', '']],
  ['no chunks', chunkedEmpty],
] as const;

test('the documents list the routes without a body', () => {
  expect(routes.length).toBeGreaterThanOrEqual(2);
});

describe.for(routes)('%s', ([, method, path]) => {
  test.for(framings)(
    'takes a body with %s, of any type, as absent',
    async ([, framing], context) => {
      const token = await adminToken(context);
      for (const type of [...types, undefined]) {
        const lines = [
          `${method} ${basePath}${path} HTTP/1.1`,
          `host: ${host}`,
          'connection: close',
          `authorization: Bearer ${token}`,
          ...(type === undefined ? [] : [`content-type: ${type}`]),
          ...framing,
        ];
        const { status, body } = await sendRaw(lines.join('\r\n'));
        // The route looks for the resource, which does not exist, and not for a body.
        expect(`${type}: ${status} ${body}`).toMatch(/: 404 .*"code":"not-found"/s);
      }
    },
  );
});

test('a product can be deleted by a client that always sends a content type', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const headers = { 'content-type': 'application/json' };
  const answer = await call('DELETE', `/catalog/products/${id}`, { token, headers });
  expect(answer.status, answer.text).toBe(204);
});
