import { createHmac } from 'node:crypto';
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TokenVerifier, tokenVerifier } from './token-verifier.ts';

const issuer = 'https://shop.example';
const now = () => Math.floor(Date.now() / 1000);

interface Keys {
  readonly own: CryptoKey;
  /** A retired key that is still published. */
  readonly retired: CryptoKey;
  readonly foreign: CryptoKey;
  readonly foreignJwk: JWK;
  readonly publicJwk: JWK;
  readonly publicPem: string;
}
let keys: Keys;
let verifier: TokenVerifier;

beforeAll(async () => {
  const pair = () => generateKeyPair('ES256', { extractable: true });
  const [own, retired, foreign] = await Promise.all([pair(), pair(), pair()]);
  const published = { alg: 'ES256', use: 'sig' };
  const publicJwk = { ...(await exportJWK(own.publicKey)), ...published, kid: 'k1' };
  const retiredJwk = { ...(await exportJWK(retired.publicKey)), ...published, kid: 'k0' };
  keys = {
    own: own.privateKey,
    retired: retired.privateKey,
    foreign: foreign.privateKey,
    foreignJwk: await exportJWK(foreign.publicKey),
    publicJwk,
    publicPem: await exportSPKI(own.publicKey),
  };
  verifier = tokenVerifier({
    issuer,
    jwksUrl: 'http://nobody.invalid',
    keys: createLocalJWKSet({ keys: [publicJwk, retiredJwk] }),
  });
});

const header = { alg: 'ES256', typ: 'at+jwt', kid: 'k1' };
const claims = (): JWTPayload => ({
  iss: issuer,
  aud: 'triptych',
  sub: 'a1',
  role: 'admin',
  jti: 't1',
  iat: now(),
  exp: now() + 900,
});

function signed(
  key: CryptoKey,
  change: { header?: Partial<JWTHeaderParameters>; claims?: JWTPayload } = {},
): Promise<string> {
  return new SignJWT({ ...claims(), ...change.claims })
    .setProtectedHeader({ ...header, ...change.header })
    .sign(key, { crit: { exp: true } });
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An algorithm confusion attack: signs with the public key as if it were a shared secret. */
function hs256(secret: string): string {
  const text = `${encoded({ ...header, alg: 'HS256' })}.${encoded(claims())}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Headers of tokens that are signed with a foreign key. Most of them point to that key. */
const pointers: Record<string, () => Partial<JWTHeaderParameters>> = {
  'a foreign jwk': () => ({ jwk: keys.foreignJwk }),
  'a foreign jwk with our kid': () => ({ jwk: { ...keys.foreignJwk, kid: 'k1' } }),
  'a jku': () => ({ jku: 'https://elsewhere.example/jwks.json' }),
  'an x5u': () => ({ x5u: 'https://elsewhere.example/chain.pem' }),
  'an unknown kid': () => ({ kid: 'k9' }),
  'a kid that is a path': () => ({ kid: '../../dev/null' }),
  'no kid': () => ({ kid: undefined as never }),
  'our kid': () => ({}),
};

/** Wrong claims and headers, signed with auth's own key. */
const wrong: Record<string, () => Parameters<typeof signed>[1]> = {
  'another issuer': () => ({ claims: { iss: 'https://elsewhere.example' } }),
  'an issuer that only starts like the right one': () => ({ claims: { iss: `${issuer}/` } }),
  'another audience': () => ({ claims: { aud: 'elsewhere' } }),
  'another type': () => ({ header: { typ: 'JWT' } }),
  'no type': () => ({ header: { typ: undefined as never } }),
  'an expiry that has passed': () => ({ claims: { iat: now() - 960, exp: now() - 60 } }),
  'no expiry': () => ({ claims: { exp: undefined as never } }),
  'a lifetime that is too long': () => ({ claims: { iat: now() - 960, exp: now() + 86_400 } }),
  'nbf in the future': () => ({ claims: { nbf: now() + 60 } }),
  'iat in the future': () => ({ claims: { iat: now() + 60 } }),
  'no iat': () => ({ claims: { iat: undefined as never } }),
  'an unknown critical header': () => ({ header: { crit: ['exp'], exp: now() + 60 } }),
};

const rejected = { kind: 'unauthenticated', code: 'invalid-token' };

describe('a token', () => {
  it('is accepted from the current key and from a retired key that is still published', async () => {
    const caller = { accountId: 'a1', role: 'admin' };
    expect(await verifier.verify(await signed(keys.own))).toEqual(caller);
    const older = await signed(keys.retired, { header: { kid: 'k0' } });
    expect(await verifier.verify(older)).toEqual(caller);
  });

  it.each(['none', 'None', 'nOnE'])('without a signature is rejected (alg %s)', async (alg) => {
    const [, payload, signature] = (await signed(keys.own)).split('.');
    const top = encoded({ ...header, alg });
    for (const token of [`${top}.${payload}.`, `${top}.${payload}.${signature}`]) {
      await expect(verifier.verify(token)).rejects.toMatchObject(rejected);
    }
  });

  it('signed with the public key as an HS256 secret is rejected', async () => {
    for (const secret of [keys.publicPem, keys.publicPem.trim(), JSON.stringify(keys.publicJwk)]) {
      await expect(verifier.verify(hs256(secret))).rejects.toMatchObject(rejected);
    }
  });

  it.each(Object.entries(pointers))(
    'of a foreign key with %s is rejected',
    async (_name, point) => {
      const token = await signed(keys.foreign, { header: point() });
      await expect(verifier.verify(token)).rejects.toMatchObject(rejected);
    },
  );

  it.each(Object.entries(wrong))(
    'with %s is rejected, even with a valid signature',
    async (_name, make) => {
      const token = await signed(keys.own, make());
      await expect(verifier.verify(token)).rejects.toMatchObject(rejected);
    },
  );

  it('for refreshing is rejected', async () => {
    const token = `rt_${'x'.repeat(43)}`;
    await expect(verifier.verify(token)).rejects.toMatchObject(rejected);
  });

  it('with changed claims is rejected, even after the original was verified', async () => {
    const token = await signed(keys.own);
    await verifier.verify(token);
    const [top, , signature] = token.split('.');
    const other = encoded({ ...claims(), sub: 'a2' });
    await expect(verifier.verify(`${top}.${other}.${signature}`)).rejects.toMatchObject(rejected);
  });
});
