import {
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  exportSPKI,
  importJWK,
  type JWK,
} from 'jose';
import { expect, test } from 'vitest';
import { anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { encoded, foreignKey, type Honest, hmacToken, signedBy } from './support/forgery.ts';
import { call } from './support/http.ts';

/** A route of each context that verifies tokens by itself. */
const guarded = [
  ['GET', '/auth/me'],
  ['GET', '/payments/orders/none'],
  ['GET', '/catalog/products/none/image'],
] as const;

/** A valid token, and everything that a forger can learn from it. */
async function honest(): Promise<Honest> {
  const { token } = await anyCustomer();
  const { json } = await call<{ keys: JWK[] }>('GET', '/auth/.well-known/jwks.json');
  const header = decodeProtectedHeader(token);
  const key = json.keys.find(({ kid }) => kid === header.kid);
  if (!key) throw new Error('The JWKS does not contain the key that signed the token.');
  return { token, key, header, claims: decodeJwt(token) };
}

const parts = (token: string) => token.split('.') as [string, string, string];

/** Attempted forgeries. Those with a wrong claim are signed with a foreign key under the shop's key id. */
const forgeries: Record<string, (good: Honest) => string | Promise<string>> = {
  'alg none': ({ header, claims }) => `${encoded({ ...header, alg: 'none' })}.${encoded(claims)}.`,
  'alg nOnE, with the old signature': ({ token, header, claims }) =>
    `${encoded({ ...header, alg: 'nOnE' })}.${encoded(claims)}.${parts(token)[2]}`,
  'HS256 with the public key as PEM': async (good) =>
    hmacToken(good, await exportSPKI((await importJWK(good.key, 'ES256')) as CryptoKey)),
  'HS256 with the public key as JWK': (good) => hmacToken(good, JSON.stringify(good.key)),
  'its own key in `jwk`': async (good) =>
    signedBy(good, { header: { jwk: (await foreignKey()).publicJwk } }),
  'its own `jku`': (good) => signedBy(good, { header: { jku: 'http://127.0.0.1:9/jwks.json' } }),
  'its own `x5u`': (good) => signedBy(good, { header: { x5u: 'http://127.0.0.1:9/x' } }),
  'an unknown `kid`': (good) => signedBy(good, { header: { kid: 'unknown' } }),
  'a `kid` that is a path': (good) => signedBy(good, { header: { kid: '../../../../dev/null' } }),
  'the known `kid` and a foreign key': (good) => signedBy(good, {}),
  'another issuer': (good) => signedBy(good, { claims: { iss: 'https://shop.example' } }),
  'another audience': (good) => signedBy(good, { claims: { aud: 'another-shop' } }),
  'another type': (good) => signedBy(good, { header: { typ: 'JWT' } }),
  'an `exp` in the past': (good) =>
    signedBy(good, { claims: { iat: 1_600_000_000, exp: 1_600_000_900 } }),
  'an `nbf` in the future': (good) =>
    signedBy(good, { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } }),
  'an unknown critical header': (good) =>
    signedBy(good, { header: { crit: ['exp'], exp: 4_000_000_000 } }),
  'another role under the old signature': ({ token, claims }) =>
    `${parts(token)[0]}.${encoded({ ...claims, role: 'admin' })}.${parts(token)[2]}`,
  'a signature of zeros': ({ token }) =>
    `${parts(token)[0]}.${parts(token)[1]}.${Buffer.alloc(64).toString('base64url')}`,
  'a signature cut short': ({ token }) => token.slice(0, -8),
  'no signature': ({ token }) => parts(token).slice(0, 2).join('.'),
  'three empty parts': () => '..',
  'text that is not a token': () => 'undefined',
};

test.each(Object.entries(forgeries))(
  'every context rejects a token with %s',
  async (_title, forge) => {
    const token = await forge(await honest());
    for (const [method, path] of guarded) {
      expectProblem(await call(method, path, { token }), 401, 'invalid-token');
    }
  },
);

test.each([
  ['a missing Authorization header', {}],
  ['an empty Authorization header', { authorization: '' }],
  ['a scheme without a token', { authorization: 'Bearer' }],
  ['another scheme', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
])('every context rejects %s', async (_title, headers) => {
  for (const [method, path] of guarded) {
    expectProblem(await call(method, path, { headers }), 401, 'invalid-token');
  }
});

test('a valid token is accepted only in the header and with the right scheme', async () => {
  const { token } = await honest();
  expectProblem(await call('GET', `/auth/me?access_token=${token}`), 401, 'invalid-token');
  const cookie = await call('GET', '/auth/me', { headers: { cookie: `access_token=${token}` } });
  expectProblem(cookie, 401, 'invalid-token');
  const basic = await call('GET', '/auth/me', { headers: { authorization: `Basic ${token}` } });
  expectProblem(basic, 401, 'invalid-token');
  expect((await call('GET', '/auth/me', { token })).status).toBe(200);
});
