import type { CryptoKey } from 'jose';
import {
  type AccessTokens,
  accessTokenSeconds,
  invalidToken,
  type SigningKey,
} from '../core/index.ts';
import type { Seal } from './sealed-keys.ts';

interface Options {
  /** The variant's base URL. */
  readonly issuer: string;
  readonly seal: Seal;
}

const audience = 'triptych';
const algorithm = 'ES256';
/** RFC 9068: the type that keeps an access token from being taken for another kind of JWT. */
const type = 'at+jwt';
const clockToleranceSeconds = 5;
/** The current key, the one before it while a cache lags, and one to spare. */
const openedKeysKept = 3;

/** Loaded by the first token: serving the key set does not need it. */
const jose = () => import('jose');

/** ES256 access tokens by `jose`. Opened private keys are kept in memory, the last three. */
export function joseTokens({ issuer, seal }: Options): AccessTokens {
  const opened = new Map<string, Promise<CryptoKey>>();

  function open({ kid, sealedPrivateKey }: SigningKey): Promise<CryptoKey> {
    const known = opened.get(kid);
    if (known) return known;
    const key = openSealed(seal, sealedPrivateKey, kid);
    opened.set(kid, key);
    const [oldest] = opened.keys();
    if (opened.size > openedKeysKept && oldest !== undefined) opened.delete(oldest);
    return key;
  }

  return {
    async sign(claims, key) {
      const { SignJWT } = await jose();
      return new SignJWT({ role: claims.role })
        .setProtectedHeader({ alg: algorithm, typ: type, kid: key.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(claims.accountId)
        .setJti(claims.tokenId)
        .setIssuedAt(claims.issuedAtSeconds)
        .setExpirationTime(claims.expiresAtSeconds)
        .sign(await open(key));
    },

    async verify(token, keys, nowMs) {
      const { createLocalJWKSet, errors, jwtVerify } = await jose();
      try {
        const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...keys] }), {
          issuer,
          audience,
          typ: type,
          algorithms: [algorithm],
          clockTolerance: clockToleranceSeconds,
          currentDate: new Date(nowMs),
          // Also makes jose refuse a token from the future, by `iat`.
          maxTokenAge: accessTokenSeconds,
          requiredClaims: ['sub', 'exp', 'iat', 'jti'],
        });
        return { accountId: payload.sub ?? '' };
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        throw invalidToken(error);
      }
    },
  };
}

async function openSealed(seal: Seal, sealed: string, kid: string): Promise<CryptoKey> {
  const { importPKCS8 } = await jose();
  try {
    return await importPKCS8(seal.open(sealed, kid), algorithm);
  } catch (cause) {
    // Most likely KEY_ENCRYPTION_KEY is not the one the key was sealed with; the log has to say so.
    const detail = 'A signing key cannot be opened with this KEY_ENCRYPTION_KEY.';
    throw new Error(detail, { cause });
  }
}
