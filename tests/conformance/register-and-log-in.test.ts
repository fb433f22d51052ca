import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { startSession } from './support/accounts.ts';
import { expectProblem, expectSameProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { newCustomer, unique } from './support/shop.ts';
import { target } from './support/target.ts';

test('registering returns 202 with the same bytes whether or not the account exists', async () => {
  const body = { email: `${unique('twice')}@conformance.example`, password: 'a long enough one' };
  const first = await call('POST', '/auth/register', { body });
  const second = await call('POST', '/auth/register', { body });
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(second.text).toBe(first.text);
});

test('registering again does not change the password', async () => {
  const { email, password } = await newCustomer();
  await call('POST', '/auth/register', { body: { email, password: 'another long password' } });
  const old = await call('POST', '/auth/login', { body: { email, password } });
  const other = await call('POST', '/auth/login', {
    body: { email, password: 'another long password' },
  });
  expect([old.status, other.status]).toEqual([200, 401]);
});

test('an e-mail address is the same in any letter case', async () => {
  const { email, password } = await newCustomer();
  const answer = await call('POST', '/auth/login', {
    body: { email: email.toUpperCase(), password },
  });
  expect(answer.status).toBe(200);
});

test('an e-mail address is the same in any spelling of its domain', async () => {
  const local = unique('idn');
  const password = 'correct horse battery staple';
  const spellings = [
    `${local}@bücher.example`,
    `${local}@xn--bcher-kva.example`,
    `${local.toUpperCase()}@BÜCHER.Example.`,
    `${local}@bu\u0308cher\u3002example`,
  ];
  for (const email of spellings) {
    const answer = await call('POST', '/auth/register', { body: { email, password } });
    expect(answer.status, answer.text).toBe(202);
  }
  const ids = new Set<unknown>();
  for (const email of spellings) {
    const token = (await startSession(email, password)).accessToken;
    ids.add((await call('GET', '/auth/me', { token })).json.id);
  }
  expect(ids.size).toBe(1);
});

test('rejects a password of seven characters, naming the field', async () => {
  const answer = await call('POST', '/auth/register', {
    body: { email: `${unique('short')}@conformance.example`, password: 'seven77' },
  });
  const problem = expectProblem(answer, 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain('password');
});

test('rejects a common password', async () => {
  const answer = await call('POST', '/auth/register', {
    body: { email: `${unique('common')}@conformance.example`, password: 'password123' },
  });
  expectProblem(answer, 400, 'validation');
});

test('rejects an unknown field in a registration, such as a role', async () => {
  const answer = await call('POST', '/auth/register', {
    body: { email: 'x@conformance.example', password: 'long enough 1', role: 'admin' },
  });
  const problem = expectProblem(answer, 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain('role');
});

test('the access token is ES256, of type at+jwt, for 15 minutes, and verifies with the JWKS', async () => {
  const { email, password } = await newCustomer();
  const { json } = await call<{ accessToken: string; tokenType: string; expiresInSeconds: number }>(
    'POST',
    '/auth/login',
    { body: { email, password } },
  );
  expect(json).toMatchObject({ tokenType: 'Bearer', expiresInSeconds: 900 });
  expect(decodeProtectedHeader(json.accessToken)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  const keys = await call<JSONWebKeySet>('GET', '/auth/.well-known/jwks.json');
  const { payload } = await jwtVerify(json.accessToken, createLocalJWKSet(keys.json), {
    issuer: target.baseUrl,
    audience: 'triptych',
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
});

test('the JWKS holds public keys only, and may be cached', async () => {
  const answer = await call<{ keys: Record<string, unknown>[] }>(
    'GET',
    '/auth/.well-known/jwks.json',
  );
  expect(answer.json.keys.length).toBeGreaterThan(0);
  for (const key of answer.json.keys) {
    expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', kid: expect.any(String) });
    expect(key).not.toHaveProperty('d');
  }
  expect(answer.headers.get('cache-control')).toMatch(/max-age=\d+/);
});

test('an unknown account and a wrong password return the same bytes', async () => {
  const { email } = await newCustomer();
  const wrong = await call('POST', '/auth/login', { body: { email, password: 'not this one 1' } });
  const unknown = await call('POST', '/auth/login', {
    body: { email: `${unique('nobody')}@conformance.example`, password: 'not this one 1' },
  });
  expectProblem(wrong, 401, 'invalid-credentials');
  expectSameProblem(wrong, unknown);
});

test('a logged-in customer can read their account', async () => {
  const { email, token } = await newCustomer();
  const me = await call('GET', '/auth/me', { token });
  expect(me.json).toMatchObject({ email, role: 'customer', id: expect.any(String) });
});
