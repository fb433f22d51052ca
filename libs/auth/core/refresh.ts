import type { Accounts } from './ports.ts';
import { isCurrent } from './refresh-families.ts';
import { invalidRefreshToken, tokenReused } from './refusals.ts';
import { type Session, type SessionParts, signAccessToken } from './sessions.ts';

interface Parts extends SessionParts {
  readonly accounts: Accounts;
}

/**
 * Exchanges a refresh token for a new session of the same family; the token is spent. The new access token is signed
 * before, so that a key store that is away costs nobody a session.
 * @throws AppError `unauthenticated`: `token-reused` for a spent token (its family ends there and then) and for every
 * token of a family that ended so; `invalid-token` for one that is unknown, expired, logged out, or older than the password
 */
export function refresh(parts: Parts) {
  const { accounts, families, secrets, clock } = parts;
  return async (refreshToken: string): Promise<Session> => {
    const digest = secrets.digest(refreshToken);
    const nowSeconds = Math.floor(clock.now() / 1000);
    const family = await families.find(digest);
    if (!family || family.expiresAtSeconds <= nowSeconds || family.endedBy === 'logout') {
      throw invalidRefreshToken();
    }
    if (family.endedBy === 'reuse') throw tokenReused();
    if (isCurrent(family, digest)) {
      const account = await accounts.standing(family.accountId);
      if (account?.credentialsVersion !== family.credentialsVersion) throw invalidRefreshToken();
      const access = await signAccessToken(parts, family.accountId, account.role);
      const next = secrets.make();
      if (await families.rotate(family, next.digest)) {
        const refreshExpiresInSeconds = family.expiresAtSeconds - nowSeconds;
        return { ...access, refreshToken: next.token, refreshExpiresInSeconds };
      }
      // Somebody else spent it, or ended the family, after we had read it.
    }
    if ((await families.end(family.id, 'reuse')) === 'logout') throw invalidRefreshToken();
    throw tokenReused();
  };
}
