import { CONTEXT_NAMES } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';

test.each(CONTEXT_NAMES)(
  'an unknown path under /%s returns a problem document',
  async (context) => {
    expectProblem(await call('GET', `/${context}/no/such/path`), 404, 'route-not-found');
  },
);

test("every response has a request id, which is the client's if it sent one", async () => {
  const own = await call('GET', '/catalog/categories');
  const given = await call('GET', '/catalog/categories', {
    headers: { 'x-request-id': 'conformance-0123456789' },
  });
  expect(own.headers.get('x-request-id')).toBeTruthy();
  expect(given.headers.get('x-request-id')).toBe('conformance-0123456789');
});

test('responses have the security headers', async () => {
  const { headers } = await call('GET', '/catalog/categories');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
});

test.each([
  ['POST', '/payments/orders', 'idempotency-key'],
  ['PATCH', '/catalog/products/lamp', 'if-match'],
  ['GET', '/catalog/products/lamp', 'if-none-match'],
  ['GET', '/auth/me', 'traceparent,tracestate,baggage'],
  ['POST', '/auth/login', 'x-header-of-somebody-else'],
])('a CORS preflight allows %s %s with %s', async (method, path, header) => {
  const answer = await call('OPTIONS', path, {
    headers: {
      origin: 'https://shop.example',
      'access-control-request-method': method,
      'access-control-request-headers': `authorization,content-type,${header}`,
    },
  });
  expect([200, 204]).toContain(answer.status);
  expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain(header);
  expect(answer.headers.get('access-control-allow-methods')).toContain(method);
});

test.each(['/catalog/categories', '/catalog/no/such/path', '/auth/me'])(
  'a page of another origin can read the response to %s',
  async (path) => {
    const answer = await call('GET', path, { headers: { origin: 'https://shop.example' } });
    expect(answer.headers.get('access-control-allow-origin'), answer.text).toBe('*');
  },
);
