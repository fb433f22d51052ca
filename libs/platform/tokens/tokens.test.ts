import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../http/index.ts';
import { captureLog } from '../testing/captured-log.ts';
import { shopApp } from '../testing/shop-app.ts';
import { type BearerAuth, bearerAuth } from './index.ts';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

let key: Key;
let otherKey: Key;
let published: JWK;
let auth: { server: Server; url: string; requests: number };
let guard: BearerAuth;
let app: FastifyInstance;

/** A stand-in for the variant's auth service that only publishes keys. */
async function startAuth() {
  const state = { server: createServer(), url: '', requests: 0 };
  state.server.on('request', (_request, response) => {
    state.requests++;
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: [published] }));
  });
  await new Promise<void>((resolve) => state.server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(state.server.address() as AddressInfo).port}`;
  return state;
}

const stopAuth = () =>
  new Promise<void>((resolve) => {
    auth.server.close(() => resolve());
    auth.server.closeAllConnections();
  });

/** A load balancer answers 503 while its target starts. */
function failFirstFetch(): void {
  const publish = auth.server.listeners('request') as RequestListener[];
  auth.server.removeAllListeners('request');
  auth.server.once('request', (_request, response) => {
    for (const listener of publish) auth.server.on('request', listener);
    response.writeHead(503).end();
  });
}

beforeAll(async () => {
  captureLog('fatal');
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = pair.privateKey;
  otherKey = (await generateKeyPair('ES256')).privateKey;
  published = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
});
beforeEach(async () => {
  auth = await startAuth();
  guard = bearerAuth({ config: { BASE_URL: auth.url } });
  app = await shopApp(async (scope) => {
    scope.get('/catalog/mine', { preHandler: guard.customer }, async (request) => request.caller);
    scope.get('/catalog/admin', { preHandler: guard.admin }, async (request) => request.caller);
  });
});
afterEach(() => app.close());
afterEach(stopAuth);

interface Token {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  issuer?: string;
  audience?: string;
  expires?: number | string;
  signWith?: Key;
}

function tokenOf(token: Token = {}): Promise<string> {
  const jwt = new SignJWT({ role: 'customer', ...token.claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1', ...token.header })
    .setIssuedAt()
    .setIssuer(token.issuer ?? auth.url)
    .setAudience(token.audience ?? 'triptych')
    .setExpirationTime(token.expires ?? '15m');
  if (!token.claims || !('sub' in token.claims)) jwt.setSubject('account-1');
  return jwt.sign(token.signWith ?? key);
}

const call = (token: string | undefined, url = '/catalog/mine') =>
  app.inject({ url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

describe('access tokens', () => {
  it('identify the caller', async () => {
    const answer = await call(await tokenOf());
    expect(answer.json()).toEqual({ accountId: 'account-1', role: 'customer' });
  });

  it('grant only administrators access to admin routes', async () => {
    const customer = await call(await tokenOf(), '/catalog/admin');
    expect([customer.statusCode, customer.json<Problem>().code]).toEqual([403, 'forbidden']);
    const admin = await call(await tokenOf({ claims: { role: 'admin' } }), '/catalog/admin');
    expect(admin.json()).toEqual({ accountId: 'account-1', role: 'admin' });
  });

  const bad: [string, Token][] = [
    ['another issuer', { issuer: 'https://elsewhere.example' }],
    ['another audience', { audience: 'elsewhere' }],
    ['no such role', { claims: { role: 'root' } }],
    ['no subject', { claims: { sub: undefined } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['an unknown key', { header: { kid: 'k9' } }],
    ['an expiry in the past', { expires: Math.floor(Date.now() / 1000) - 60 }],
  ];
  it.each(bad)('are rejected with %s', async (_what, token) => {
    const answer = await call(await tokenOf(token));
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([401, 'invalid-token']);
  });

  it('are rejected with a foreign signature or none', async () => {
    const forged = await call(await tokenOf({ signWith: otherKey }));
    expect(forged.json<Problem>().code).toBe('invalid-token');
    const [header, payload] = (await tokenOf()).split('.');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    for (const token of [
      `${header}.${payload}.`,
      `${none}.${payload}.`,
      'x.y.z',
      'x'.repeat(5_000),
    ]) {
      expect((await call(token)).statusCode).toBe(401);
    }
  });

  it.each([undefined, 'Basic abc', 'Bearer', 'Bearer  ', 'Bearer a b'])(
    'are required: %j',
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await app.inject({ url: '/catalog/mine', headers });
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([401, 'invalid-token']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    },
  );

  it('are verified with keys that were fetched once, even while auth is down', async () => {
    expect((await call(await tokenOf())).statusCode).toBe(200);
    await stopAuth();
    const another = await tokenOf({ claims: { role: 'admin' } });
    expect((await call(another, '/catalog/admin')).statusCode).toBe(200);
    expect(auth.requests).toBe(1);
  });

  it('are verified with keys from INTERNAL_URL, but issued by BASE_URL', async () => {
    const issuer = 'https://shop.example/live';
    const internal = bearerAuth({ config: { BASE_URL: issuer, INTERNAL_URL: auth.url } });
    const inner = await shopApp(async (scope) => {
      scope.get(
        '/catalog/mine',
        { preHandler: internal.customer },
        async (request) => request.caller,
      );
    });
    const statusOf = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await inner.inject({ url: '/catalog/mine', headers })).statusCode;
    };
    expect(await statusOf(await tokenOf({ issuer }))).toBe(200);
    expect(await statusOf(await tokenOf({ issuer: auth.url }))).toBe(401);
    await inner.close();
  });

  it('share one fetch of the keys among concurrent first requests', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 10 }, (_, index) => tokenOf({ claims: { sub: `account-${index}` } })),
    );
    const answers = await Promise.all(tokens.map((token) => call(token)));
    expect(answers.map((answer) => answer.statusCode)).toEqual(tokens.map(() => 200));
    expect(auth.requests).toBe(1);
  });

  it('are verified although the first fetch of the keys failed', async () => {
    failFirstFetch();
    expect((await call(await tokenOf())).statusCode).toBe(200);
    expect(auth.requests).toBe(1);
  });

  it('need no fetch after the keys were prepared', async () => {
    failFirstFetch();
    await guard.prepare();
    await guard.prepare();
    await stopAuth();
    expect((await call(await tokenOf())).statusCode).toBe(200);
    expect(auth.requests).toBe(1);
  });

  it('get 503, not 401, while the keys were never reachable', async () => {
    const token = await tokenOf();
    await stopAuth();
    const answer = await call(token);
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([503, 'unavailable']);
  });

  it.each([
    [503, '<html>Service Temporarily Unavailable</html>'],
    [404, '{}'],
    [200, '<html>'],
    [200, '{"keys":"none"}'],
  ])('get 503, not 401, when the key endpoint returns %i %s', async (status, body) => {
    auth.server.removeAllListeners('request');
    auth.server.on('request', (_request, response) => response.writeHead(status).end(body));
    const answer = await call(await tokenOf());
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([503, 'unavailable']);
  });
});
