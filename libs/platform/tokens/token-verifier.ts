import { AppError } from '../errors/index.ts';
import type { Caller } from './caller.ts';
import { type KeySet, remoteKeySet } from './remote-key-set.ts';
import { tokenCache } from './token-cache.ts';

export interface TokenVerifier {
  /**
   * @throws AppError `unauthenticated`/`invalid-token` when auth did not issue the token, or it has expired
   * @throws AppError `unavailable`/`unavailable` when auth's keys are not cached and cannot be fetched
   */
  verify(token: string): Promise<Caller>;
}

export interface PreparedVerifier extends TokenVerifier {
  /** Fetches auth's keys in advance. Resolves when they are cached, or after 10 s without them. */
  prepare(): Promise<void>;
}

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly audience?: string;
  readonly jwksUrl: string;
  /** Replaces the keys at `jwksUrl`. */
  readonly keys?: KeySet;
}

const CLOCK_TOLERANCE_SECONDS = 5;
/** Auth's tokens are valid for 15 minutes. With this option, jose also rejects an `iat` in the future. */
const MAX_AGE_SECONDS = 900;
const MAX_TOKEN_LENGTH = 4_096;
/**
 * jose's codes for an unavailable key set: a timeout; a status other than 200 or a body that is not JSON (for example a
 * load balancer's 503 while auth is down); JSON that is not a key set. They do not depend on the token.
 */
const KEY_SET_ERRORS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);
const ROLES = new Set(['customer', 'admin']);

/**
 * Verifies access tokens (RFC 9068: ES256, `typ: at+jwt`, exact issuer and audience). Verified tokens are cached until
 * they expire, because verifying a signature costs several times as much as the rest of a small request.
 */
export function tokenVerifier(options: TokenVerifierOptions): PreparedVerifier {
  const { issuer, audience = 'triptych' } = options;
  const remote = remoteKeySet(options.jwksUrl);
  const keys = options.keys ?? remote;
  const cache = tokenCache();

  async function verifyUncached(token: string): Promise<Caller> {
    const jose = await import('jose');
    try {
      const { payload } = await jose.jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['ES256'],
        typ: 'at+jwt',
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: MAX_AGE_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      const { sub, role, exp } = payload as { sub?: string; role?: unknown; exp?: number };
      if (!sub || typeof role !== 'string' || !ROLES.has(role)) throw invalidToken();
      const caller: Caller = { accountId: sub, role: role as Caller['role'] };
      cache.set(token, caller, ((exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1_000);
      return caller;
    } catch (error) {
      if (error instanceof AppError) throw error;
      const keySetUnavailable = KEY_SET_ERRORS.has((error as { code?: string }).code ?? '');
      if (error instanceof jose.errors.JOSEError && !keySetUnavailable) throw invalidToken(error);
      throw new AppError('unavailable', 'unavailable', 'Tokens cannot be checked just now.', {
        retryAfterSeconds: 2,
        cause: error,
      });
    }
  }

  return {
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) throw invalidToken();
      return cache.get(token) ?? verifyUncached(token);
    },
    prepare: async () => {
      if (!options.keys) await remote.prepare();
    },
  };
}

function invalidToken(cause?: unknown): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'The access token is not valid.', {
    cause,
  });
}
