import type { CryptoKey } from 'jose';
import {
  ACCESS_TOKEN_SECONDS,
  type AccessTokens,
  invalidToken,
  type SigningKey,
} from '../core/index.ts';
import type { Seal } from './sealed-keys.ts';

interface Options {
  /** The variant's base URL. */
  readonly issuer: string;
  readonly seal: Seal;
}

const AUDIENCE = 'triptych';
const ALGORITHM = 'ES256';
/** RFC 9068 section 2.1: distinguishes access tokens from other kinds of JWT. */
const TYPE = 'at+jwt';
const CLOCK_TOLERANCE_SECONDS = 5;
/** The current key, the previous one while a cached ring is in use, and one in reserve. */
const MAX_DECRYPTED_KEYS = 3;

/** Loaded with the first token, because serving the key set does not need it. */
const jose = () => import('jose');

/** Signs and verifies ES256 access tokens with `jose`. Caches decrypted private keys. */
export function joseTokens({ issuer, seal }: Options): AccessTokens {
  const decrypted = new Map<string, Promise<CryptoKey>>();

  function privateKey({ kid, sealedPrivateKey }: SigningKey): Promise<CryptoKey> {
    const known = decrypted.get(kid);
    if (known) return known;
    const key = openSealed(seal, sealedPrivateKey, kid);
    decrypted.set(kid, key);
    const [oldest] = decrypted.keys();
    if (decrypted.size > MAX_DECRYPTED_KEYS && oldest !== undefined) decrypted.delete(oldest);
    return key;
  }

  return {
    async sign(claims, key) {
      const { SignJWT } = await jose();
      return new SignJWT({ role: claims.role })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(claims.accountId)
        .setJti(claims.tokenId)
        .setIssuedAt(claims.issuedAtSeconds)
        .setExpirationTime(claims.expiresAtSeconds)
        .sign(await privateKey(key));
    },

    /** @throws AppError unauthenticated `invalid-token` */
    async verify(token, keys, nowMs) {
      const { createLocalJWKSet, errors, jwtVerify } = await jose();
      try {
        const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...keys] }), {
          issuer,
          audience: AUDIENCE,
          typ: TYPE,
          algorithms: [ALGORITHM],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(nowMs),
          // Also makes jose reject a token whose `iat` is in the future.
          maxTokenAge: ACCESS_TOKEN_SECONDS,
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

/** Throws an Error that names KEY_ENCRYPTION_KEY if the key cannot be decrypted. */
async function openSealed(seal: Seal, sealed: string, kid: string): Promise<CryptoKey> {
  const { importPKCS8 } = await jose();
  try {
    return await importPKCS8(seal.open(sealed, kid), ALGORITHM);
  } catch (cause) {
    // The usual cause is a changed KEY_ENCRYPTION_KEY, so the log must name it.
    const detail = 'A signing key cannot be decrypted with this KEY_ENCRYPTION_KEY.';
    throw new Error(detail, { cause });
  }
}
