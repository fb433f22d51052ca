import { AppError } from '../errors/index.ts';
import type { Caller } from './caller.ts';
import { type KeySet, remoteKeySet } from './remote-key-set.ts';
import { verifiedTokens } from './verified-tokens.ts';

export interface TokenVerifier {
  /**
   * @throws AppError `unauthenticated`/`invalid-token` when the token is not one of ours, or has expired
   * @throws AppError `unavailable`/`unavailable` when auth's keys were never fetched and cannot be now
   */
  verify(token: string): Promise<Caller>;
}

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly audience?: string;
  readonly jwksUrl: string;
  /** Takes the place of the keys behind `jwksUrl`. */
  readonly keys?: KeySet;
}

const CLOCK_TOLERANCE_SECONDS = 5;
/** No token of ours lives longer than 15 minutes; with this jose also refuses one from the future, by `iat`. */
const MAX_AGE_SECONDS = 900;
const MAX_TOKEN_LENGTH = 4_096;
/**
 * jose's codes for a key set that cannot be had: too slow; answered with another status than 200, or with no JSON (a load
 * balancer's 503 while auth is away); JSON that is no key set. They say nothing about the token.
 */
const KEYS_AWAY = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);
const ROLES = new Set(['customer', 'admin']);

/**
 * Verifies access tokens (RFC 9068: ES256, `typ: at+jwt`, exact issuer and audience). A token that was verified is
 * remembered until it expires, because checking a signature costs as much as the rest of a small request several times.
 */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience = 'triptych' } = options;
  const keys = options.keys ?? remoteKeySet(options.jwksUrl);
  const verified = verifiedTokens();

  async function verifyAnew(token: string): Promise<Caller> {
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
      verified.remember(token, caller, ((exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1_000);
      return caller;
    } catch (error) {
      if (error instanceof AppError) throw error;
      const keysAway = KEYS_AWAY.has((error as { code?: string }).code ?? '');
      if (error instanceof jose.errors.JOSEError && !keysAway) throw invalidToken(error);
      throw new AppError('unavailable', 'unavailable', 'Tokens cannot be checked just now.', {
        retryAfterSeconds: 2,
        cause: error,
      });
    }
  }

  return {
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) throw invalidToken();
      return verified.find(token) ?? verifyAnew(token);
    },
  };
}

function invalidToken(cause?: unknown): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'The access token is not valid.', {
    cause,
  });
}
