import { buildApp } from '@triptych/platform/http';
import { beforeEach, describe, expect, it } from 'vitest';
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

beforeEach(async () => {
  const { auth } = inMemoryAuth();
  app = await buildApp({ config, title: 'Auth', plugin: authRoutes({ auth }) });
});

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

  it('gives a token that is not to be cached', async () => {
    await post('/auth/register', { email, password });
    const answer = await post('/auth/login', { email, password });
    expect(answer.json()).toMatchObject({ tokenType: 'Bearer', expiresInSeconds: 900 });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    [{ email, password: 'short' }, '/password'],
    [{ email, password: 'Password123' }, '/password'],
    [{ email: 'mara', password }, '/email'],
    [{ email, password, role: 'admin' }, '/role'],
  ])('refuses to register %j and names the field', async (body, path) => {
    const answer = await post('/auth/register', body);
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation', errors: [{ path }] });
  });

  it('publishes public keys that may be cached for five minutes', async () => {
    const answer = await app.inject('/auth/.well-known/jwks.json');
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.json().keys).toHaveLength(1);
  });

  it('does not say who you are without a token', async () => {
    const answer = await app.inject('/auth/me');
    expect(answer.json()).toMatchObject({ status: 401, code: 'invalid-token' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });
});
