import { expect, test } from 'vitest';
import { anyCustomer, logOut, newCustomer, refresh, startSession } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { document } from './support/openapi.ts';
import { sessionClient } from './support/session-client.ts';

/** A new session of an account that several checks share. */
async function session() {
  const { email, password } = await anyCustomer();
  return startSession(email, password);
}

test('a log-in opens a session: an access token for 15 minutes, a refresh token for 30 days', async () => {
  expect(await session()).toMatchObject({
    tokenType: 'Bearer',
    expiresInSeconds: 900,
    refreshToken: expect.stringMatching(/^rt_[A-Za-z0-9_-]{43,}$/),
    refreshExpiresInSeconds: 30 * 86_400,
  });
});

test('a refresh returns a session of the same shape with new tokens', async () => {
  const first = await session();
  const answer = await refresh(first.refreshToken);
  expect(answer.status, answer.text).toBe(200);
  expect(Object.keys(answer.json).toSorted()).toEqual(Object.keys(first).toSorted());
  expect(answer.json.refreshToken).not.toBe(first.refreshToken);
  const me = await call('GET', '/auth/me', { token: answer.json.accessToken });
  expect(me.json).toMatchObject({ email: (await anyCustomer()).email });
});

test('responses with tokens are not cacheable', async () => {
  const answer = await refresh((await session()).refreshToken);
  expect(answer.headers.get('cache-control')).toContain('no-store');
});

test('a session can be refreshed repeatedly, each time with the newest token', async () => {
  let { refreshToken } = await session();
  for (let turn = 0; turn < 3; turn += 1) {
    const answer = await refresh(refreshToken);
    expect(answer.status, answer.text).toBe(200);
    refreshToken = answer.json.refreshToken;
  }
});

test('refreshing a session does not extend it', async () => {
  const first = await session();
  const { json } = await refresh(first.refreshToken);
  expect(json.refreshExpiresInSeconds).toBeLessThanOrEqual(first.refreshExpiresInSeconds);
});

test('reuse of a refresh token revokes its whole family', async () => {
  const first = await session();
  const second = await refresh(first.refreshToken);
  const third = await refresh(second.json.refreshToken);
  expectProblem(await refresh(first.refreshToken), 401, 'token-reused');
  for (const { refreshToken } of [third.json, second.json, first]) {
    expectProblem(await refresh(refreshToken), 401, 'token-reused');
  }
});

test('reuse ends one session, not the other sessions of the account', async () => {
  const [stolen, other] = [await session(), await session()];
  await refresh(stolen.refreshToken);
  await refresh(stolen.refreshToken);
  expect((await refresh(other.refreshToken)).status).toBe(200);
});

test('five concurrent uses of a refresh token yield one session, whose family is then revoked', async () => {
  const { refreshToken } = await session();
  const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(refreshToken)));
  const good = answers.filter(({ status }) => status === 200);
  expect(good.length, answers.map(({ status }) => status).join()).toBe(1);
  for (const bad of answers.filter(({ status }) => status !== 200)) {
    expectProblem(bad, 401, 'token-reused');
  }
  expectProblem(await refresh(good[0]?.json.refreshToken ?? ''), 401, 'token-reused');
});

test('a client that sends one refresh at a time keeps its session, even if several callers need a new token', async () => {
  const client = sessionClient(await session());
  const answers = await Promise.all(Array.from({ length: 5 }, () => client.refresh()));
  expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(1);
  const next = await client.refresh();
  expect(next.refreshToken).not.toBe(answers[0]?.refreshToken);
});

test('the document and the error tell clients to send one refresh at a time', async () => {
  const { paths } = await document('auth');
  expect(paths['/auth/refresh']?.post?.description).toContain('one refresh at a time');
  const { refreshToken } = await session();
  await refresh(refreshToken);
  const problem = expectProblem(await refresh(refreshToken), 401, 'token-reused');
  expect(problem.detail).toContain('one refresh at a time');
});

test('after a log-out no token of the session can refresh it', async () => {
  const first = await session();
  const { json } = await refresh(first.refreshToken);
  expect((await logOut(json.refreshToken)).status).toBe(204);
  expect((await refresh(json.refreshToken)).status).toBe(401);
  expect((await refresh(first.refreshToken)).status).toBe(401);
});

test('a log-out returns 204 for any token, repeatedly', async () => {
  const { refreshToken } = await session();
  const answers = [
    await logOut(refreshToken),
    await logOut(refreshToken),
    await logOut('rt_nobody-has-ever-had-this-token-0123456789abc'),
  ];
  expect(answers.map(({ status, text }) => `${status}${text}`)).toEqual(['204', '204', '204']);
});

test.each([
  ['unknown', 'rt_nobody-has-ever-had-this-token-0123456789abc'],
  ['malformed', 'not a token'],
])('rejects a refresh token that is %s', async (_title, token) => {
  expectProblem(await refresh(token), 401, 'invalid-token');
});

test('an access token cannot refresh a session', async () => {
  expectProblem(await refresh((await session()).accessToken), 401, 'invalid-token');
});

test('a refresh token is not accepted as an access token', async () => {
  const { session: own } = await newCustomer();
  const me = await call('GET', '/auth/me', { token: own.refreshToken });
  expectProblem(me, 401, 'invalid-token');
  const orders = await call('GET', '/payments/orders', { token: own.refreshToken });
  expectProblem(orders, 401, 'invalid-token');
});

test.each(['refresh', 'logout'])(
  '%s names the field that is missing or unknown',
  async (action) => {
    const missing = await call('POST', `/auth/${action}`, { body: {} });
    const problem = expectProblem(missing, 400, 'validation');
    expect(JSON.stringify(problem.errors)).toContain('refreshToken');
    const unknown = await call('POST', `/auth/${action}`, {
      body: { refreshToken: 'rt_x', everywhere: true },
    });
    expectProblem(unknown, 400, 'validation');
  },
);
