import { expect, test } from 'vitest';
import { anyCustomer } from '../conformance/support/accounts.ts';
import { call } from '../conformance/support/http.ts';
import { unique } from '../conformance/support/shop.ts';
import { expectComposed } from './support/expect-composed.ts';

test('an address in X-Forwarded-For is no way round the limit of failed log-ins', async () => {
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
])('%j changes nothing', async (headers) => {
  // The one public document that no other check changes meanwhile.
  const plain = await call('GET', '/auth/.well-known/jwks.json');
  const answer = await call('GET', '/auth/.well-known/jwks.json', { headers });
  expect([answer.status, answer.text]).toEqual([plain.status, plain.text]);
  const { token } = await anyCustomer();
  const balance = await call('GET', '/payments/ledger/balance', { token, headers });
  expect(balance.status).toBe(403);
});

test.each(['x'.repeat(500), 'a b c', '<script>', '"quoted"', '%0d%0aset-cookie:%20a=b', 'é'])(
  'a request id of %.12s is not taken over',
  async (id) => {
    const answer = await call('GET', '/catalog/categories', { headers: { 'x-request-id': id } });
    expectComposed(answer, id);
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w.:-]{1,200}$/);
    expect(answer.headers.get('x-request-id')).not.toBe(id);
  },
);

test('no answer depends on what somebody else asked for before', async () => {
  const poisoned = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' };
  await call('GET', '/auth/.well-known/jwks.json', { headers: poisoned });
  const answer = await call('GET', '/auth/.well-known/jwks.json');
  expect(`${answer.text}${JSON.stringify([...answer.headers])}`).not.toContain('evil.example');
});

test('answers to who is logged in are kept by no shared cache', async () => {
  const { token } = await anyCustomer();
  const me = await call('GET', '/auth/me', { token });
  const orders = await call('GET', '/payments/orders', { token });
  for (const answer of [me, orders]) {
    expect(answer.headers.get('cache-control') ?? 'no-store').toMatch(/no-store|private/);
    expect((await call('GET', '/auth/me')).status).toBe(401);
  }
});
