import { readFileSync } from 'node:fs';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { describe, expect, test } from 'vitest';
import { anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { documentedRoutes, filled, type Route } from './support/openapi.ts';

/**
 * Routes that need no role, or a customer's, in one file per context: `open-routes/catalog.json`. Every other documented route is
 * for admins.
 */
const open = new Set(
  CONTEXT_NAMES.flatMap((context): string[] => {
    const file = new URL(`open-routes/${context}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8'));
  }),
);

const signature = ({ method, path }: Route) => `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;

const routes = await documentedRoutes();
const admin = routes
  .filter((route) => !open.has(signature(route)))
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
