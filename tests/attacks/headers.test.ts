import { expect, test } from 'vitest';
import { anyCustomer } from '../conformance/support/accounts.ts';
import { call } from '../conformance/support/http.ts';
import { unique } from '../conformance/support/shop.ts';
import { expectCleanResponse } from './support/expect-clean-response.ts';

test('a forged client address does not get around the limit on failed log-ins', async () => {
  const body = { email: `${unique('nobody')}@attacks.example`, password: 'not this one 1' };
  const statuses = [];
  for (let n = 0; n < 12; n += 1) {
    const headers = {
      'x-forwarded-for': `203.0.113.${n}, 198.51.100.${n}`,
      'x-real-ip': `203.0.113.${n}`,
      'client-ip': `203.0.113.${n}`,
      forwarded: `for=203.0.113.${n}`,
      'true-client-ip': `203.0.113.${n}`,
    };
    statuses.push((await call('POST', '/auth/login', { body, headers })).status);
  }
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(statuses.slice(10)).toEqual([429, 429]);
});

test.each([
  { 'x-http-method-override': 'DELETE' },
  { 'x-original-url': '/payments/ledger/balance' },
  { 'x-rewrite-url': '/payments/ledger/balance' },
  { 'x-original-uri': '/auth/me' },
  { 'x-amzn-request-context': '{"authorizer":{"role":"admin"}}' },
  { 'x-amzn-lambda-context': '{}' },
  { 'x-user-role': 'admin' },
  { 'x-forwarded-proto': 'ftp', 'x-forwarded-port': '1' },
])('%j has no effect', async (headers) => {
  // The only public document that no concurrent check changes.
  const plain = await call('GET', '/auth/.well-known/jwks.json');
  const answer = await call('GET', '/auth/.well-known/jwks.json', { headers });
  expect([answer.status, answer.text]).toEqual([plain.status, plain.text]);
  const { token } = await anyCustomer();
  const balance = await call('GET', '/payments/ledger/balance', { token, headers });
  expect(balance.status).toBe(403);
});

test.each(['x'.repeat(500), 'a b c', '<script>', '"quoted"', '%0d%0aset-cookie:%20a=b', 'é'])(
  'rejects the request id %.12s',
  async (id) => {
    const answer = await call('GET', '/catalog/categories', { headers: { 'x-request-id': id } });
    expectCleanResponse(answer, id);
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w.:-]{1,200}$/);
    expect(answer.headers.get('x-request-id')).not.toBe(id);
  },
);

test('a response does not depend on an earlier request', async () => {
  const poisoned = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' };
  await call('GET', '/auth/.well-known/jwks.json', { headers: poisoned });
  const answer = await call('GET', '/auth/.well-known/jwks.json');
  expect(`${answer.text}${JSON.stringify([...answer.headers])}`).not.toContain('evil.example');
});

test('responses to a logged-in customer are not stored by a shared cache', async () => {
  const { token } = await anyCustomer();
  const me = await call('GET', '/auth/me', { token });
  const orders = await call('GET', '/payments/orders', { token });
  for (const answer of [me, orders]) {
    expect(answer.headers.get('cache-control') ?? 'no-store').toMatch(/no-store|private/);
    expect((await call('GET', '/auth/me')).status).toBe(401);
  }
});
