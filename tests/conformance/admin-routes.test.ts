import { describe, expect, test } from 'vitest';
import { anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { documentedRoutes, filled, type Route } from './support/openapi.ts';

/** Routes that need no role, or a customer's. Every other documented route is for admins. */
const open = new Set([
  'POST /auth/register',
  'POST /auth/login',
  'POST /auth/refresh',
  'POST /auth/logout',
  'GET /auth/me',
  'GET /auth/.well-known/jwks.json',
  'GET /catalog/products',
  'GET /catalog/products/{}',
  'GET /catalog/categories',
  'POST /payments/orders',
  'GET /payments/orders',
  'GET /payments/orders/{}',
  'POST /payments/orders/{}/cancel',
  'GET /payments/orders/{}/refunds',
  'POST /payments/webhooks/stripe',
]);

const signature = ({ method, path }: Route) => `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
const isOpen = (route: Route) => route.context === 'images' || open.has(signature(route));

const routes = await documentedRoutes();
const admin = routes
  .filter((route) => !isOpen(route))
  .map((route) => [signature(route), route] as const);

test('the documents list every open route, and at least eight routes for admins', () => {
  expect(routes.map(signature)).toEqual(expect.arrayContaining([...open]));
  expect(admin.length).toBeGreaterThanOrEqual(8);
});

describe.for(admin)('%s', ([, { method, path }]) => {
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };

  test('rejects a customer, whatever they send', async () => {
    const { token } = await anyCustomer();
    const headers = { 'idempotency-key': 'key-1', 'if-match': '"1"' };
    const answer = await call(method, filled(path), { token, headers, ...body });
    expectProblem(answer, 403, 'forbidden');
  });

  test('checks the token before anything else', async () => {
    expectProblem(await call(method, filled(path), body), 401, 'invalid-token');
  });
});
