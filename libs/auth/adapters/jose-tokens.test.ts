import { AppError } from '@triptych/platform/errors';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, importPKCS8, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NewSigningKey, SigningKey, TokenClaims } from '../core/index.ts';
import { joseKeys } from './jose-keys.ts';
import { joseTokens } from './jose-tokens.ts';
import { refreshSecrets } from './refresh-secrets.ts';
import { aesGcmSeal } from './sealed-keys.ts';

const issuer = 'http://127.0.0.1:4001';
const seal = aesGcmSeal('a key-encryption key');
const tokens = joseTokens({ issuer, seal });
const nowSeconds = 1_770_000_000;
const claims: TokenClaims = {
  tokenId: 't1',
  accountId: 'a1',
  role: 'customer',
  issuedAtSeconds: nowSeconds,
  expiresAtSeconds: nowSeconds + 900,
};
let made: NewSigningKey;
let key: SigningKey;

beforeAll(async () => {
  let count = 0;
  made = await joseKeys({ seal, ids: { next: () => `key-${++count}` } }).make();
  key = { ...made, state: 'current', publishedAtMs: 0, activatedAtMs: 0 };
});

const verify = (token: string, atSeconds = nowSeconds) =>
  tokens.verify(token, [key.publicJwk], atSeconds * 1000);

describe('access tokens', () => {
  it('are RFC 9068 tokens signed with ES256', async () => {
    const token = await tokens.sign(claims, key);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1' });
    expect(decodeJwt(token)).toEqual({
      iss: issuer,
      aud: 'triptych',
      sub: 'a1',
      role: 'customer',
      jti: 't1',
      iat: nowSeconds,
      exp: nowSeconds + 900,
    });
    expect(await verify(token)).toEqual({ accountId: 'a1' });
  });

  it('are rejected when expired, from another issuer, or signed by an unpublished key', async () => {
    const token = await tokens.sign(claims, key);
    const foreign = await joseTokens({ issuer: 'http://elsewhere', seal }).sign(claims, key);
    await expect(verify(token, nowSeconds + 906)).rejects.toThrow(AppError);
    await expect(verify(foreign)).rejects.toMatchObject({ code: 'invalid-token' });
    await expect(tokens.verify(token, [], nowSeconds * 1000)).rejects.toThrow(AppError);
    await expect(verify('nonsense')).rejects.toMatchObject({ code: 'invalid-token' });
  });

  it('are rejected despite a valid signature when the type, audience or time is wrong', async () => {
    const privateKey = await importPKCS8(seal.open(made.sealedPrivateKey, made.kid), 'ES256');
    const forge = (typ: string, audience: string, issuedAt = nowSeconds, notBefore = issuedAt) =>
      new SignJWT({ role: 'admin' })
        .setProtectedHeader({ alg: 'ES256', typ, kid: made.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject('a1')
        .setJti('t')
        .setIssuedAt(issuedAt)
        .setNotBefore(notBefore)
        .setExpirationTime(nowSeconds + 900)
        .sign(privateKey);
    expect(await verify(await forge('at+jwt', 'triptych'))).toEqual({ accountId: 'a1' });
    await expect(verify(await forge('JWT', 'triptych'))).rejects.toThrow(AppError);
    await expect(verify(await forge('at+jwt', 'another'))).rejects.toThrow(AppError);
    const later = nowSeconds + 60;
    for (const token of [
      await forge('at+jwt', 'triptych', later),
      await forge('at+jwt', 'triptych', nowSeconds, later),
      refreshSecrets.make().token,
    ]) {
      await expect(verify(token)).rejects.toMatchObject({ code: 'invalid-token' });
    }
  });

  it('cannot be signed with a key encrypted under another secret, and the error names the setting', async () => {
    const other = joseTokens({ issuer, seal: aesGcmSeal('another') });
    await expect(other.sign(claims, key)).rejects.toThrow('KEY_ENCRYPTION_KEY');
  });
});

describe('published keys', () => {
  it('work with any JWKS client and contain no private data', () => {
    expect(made.publicJwk).toEqual({
      kty: 'EC',
      crv: 'P-256',
      x: expect.any(String),
      y: expect.any(String),
      kid: 'key-1',
      alg: 'ES256',
      use: 'sig',
    });
    expect(() => createLocalJWKSet({ keys: [made.publicJwk] })).not.toThrow();
  });
});
