import { buildApp } from '@triptych/platform/http';
import { beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT_RULES } from '../core/index.ts';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { authRoutes } from './auth-routes.ts';

const config = {
  SERVICE_NAME: 'auth',
  VARIANT: 'microservices',
  LOG_LEVEL: 'error',
  TRUSTED_PROXIES: 0,
} as const;
const email = 'mara@example.com';
const password = 'nine lives of a cat';

let app: Awaited<ReturnType<typeof buildApp>>;

async function startApp(options: Parameters<typeof inMemoryAuth>[0] = {}) {
  const { auth } = inMemoryAuth(options);
  app = await buildApp({ config, title: 'Auth', plugin: authRoutes({ auth }) });
}

beforeEach(() => startApp());

const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });

describe('auth over HTTP', () => {
  it('answers a known and an unknown address with the same bytes', async () => {
    const first = await post('/auth/register', { email, password });
    const second = await post('/auth/register', { email, password: 'quite another one' });
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(first.body).toBe('{"status":"accepted"}');
    expect(second.body).toBe(first.body);
  });

  it('answers an unknown account and a wrong password with the same problem', async () => {
    await post('/auth/register', { email, password });
    const wrong = await post('/auth/login', { email, password: 'not the one' });
    const unknown = await post('/auth/login', { email: 'no@example.com', password });
    const { requestId: _one, ...problem } = wrong.json();
    const { requestId: _other, ...same } = unknown.json();
    expect(problem).toMatchObject({ status: 401, code: 'invalid-credentials' });
    expect(same).toEqual(problem);
  });

  it('returns a session with no-store', async () => {
    await post('/auth/register', { email, password });
    const answer = await post('/auth/login', { email, password });
    expect(answer.json()).toMatchObject({ tokenType: 'Bearer', expiresInSeconds: 900 });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    [{ email, password: 'short' }, '/password'],
    [{ email, password: 'Password123' }, '/password'],
    [{ email, password: 'Mara@example.com' }, '/password'],
    [{ email: 'mara', password }, '/email'],
    [{ email, password, role: 'admin' }, '/role'],
  ])('rejects the registration %j and names the field', async (body, path) => {
    const answer = await post('/auth/register', body);
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation', errors: [{ path }] });
  });

  it('exchanges a refresh token once; using it again ends the session', async () => {
    await post('/auth/register', { email, password });
    const session = (await post('/auth/login', { email, password })).json();
    const answer = await post('/auth/refresh', { refreshToken: session.refreshToken });
    const next = answer.json();
    expect(Object.keys(next).sort()).toEqual(Object.keys(session).sort());
    expect(answer.headers['cache-control']).toBe('no-store');
    for (const { refreshToken } of [session, next]) {
      const rejected = await post('/auth/refresh', { refreshToken });
      expect(rejected.json()).toMatchObject({ status: 401, code: 'token-reused' });
    }
  });

  it('logs out with 204, whether or not the token was known', async () => {
    await post('/auth/register', { email, password });
    const { refreshToken } = (await post('/auth/login', { email, password })).json();
    for (const token of [refreshToken, refreshToken, 'rt_unknown']) {
      const answer = await post('/auth/logout', { refreshToken: token });
      expect([answer.statusCode, answer.body]).toEqual([204, '']);
    }
    const rejected = await post('/auth/refresh', { refreshToken });
    expect(rejected.json()).toMatchObject({ status: 401, code: 'invalid-token' });
  });

  it('answers too many log-ins with 429 and the time to wait, known account or not', async () => {
    await startApp({ rules: { ...ATTEMPT_RULES, perAccountAndAddress: 0 } });
    await post('/auth/register', { email, password });
    const known = await post('/auth/login', { email, password });
    const unknown = await post('/auth/login', { email: 'no@example.com', password });
    const { requestId: _one, ...problem } = known.json();
    const { requestId: _other, ...same } = unknown.json();
    expect(problem).toMatchObject({ status: 429, code: 'too-many-attempts' });
    expect(same).toEqual(problem);
    expect([known.headers['retry-after'], unknown.headers['retry-after']]).toEqual(['900', '900']);
  });

  it.each(['/auth/refresh', '/auth/logout'])(
    'names the missing or unknown field at %s',
    async (url) => {
      const missing = await post(url, {});
      expect(missing.json()).toMatchObject({
        code: 'validation',
        errors: [{ path: '/refreshToken' }],
      });
      const unknown = await post(url, { refreshToken: 'rt_x', role: 'admin' });
      expect(unknown.json()).toMatchObject({ code: 'validation', errors: [{ path: '/role' }] });
    },
  );

  it('publishes public keys that may be cached for five minutes', async () => {
    const answer = await app.inject('/auth/.well-known/jwks.json');
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.json().keys).toHaveLength(1);
  });

  it('requires a token to read the account', async () => {
    const answer = await app.inject('/auth/me');
    expect(answer.json()).toMatchObject({ status: 401, code: 'invalid-token' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });
});
