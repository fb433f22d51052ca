import { invalidRefreshToken, tokenReused } from './auth-errors.ts';
import type { Accounts } from './ports.ts';
import { isCurrent } from './refresh-families.ts';
import { type Session, type SessionDeps, signAccessToken } from './sessions.ts';

export interface Refresh {
  readonly refreshToken: string;
}

interface Deps extends SessionDeps {
  readonly accounts: Accounts;
}

/**
 * Exchanges a refresh token for a new session of the same family; the token is then spent. Using a
 * spent token ends its family. The access token is signed before the exchange, so an unavailable
 * key store does not spend the token.
 * @throws AppError unauthenticated `token-reused` for a spent token and for every token of a family
 *   that ended by reuse; unauthenticated `invalid-token` for a token that is unknown, expired,
 *   logged out, or older than the account's password; unavailable `unavailable`; internal
 *   `no-signing-key`
 */
export async function refresh(deps: Deps, command: Refresh): Promise<Session> {
  const { accounts, families, secrets, clock } = deps;
  const digest = secrets.digest(command.refreshToken);
  const nowSeconds = Math.floor(clock.now() / 1000);
  const family = await families.find(digest);
  if (!family || family.expiresAtSeconds <= nowSeconds || family.endedBy === 'logout') {
    throw invalidRefreshToken();
  }
  if (family.endedBy === 'reuse') throw tokenReused();
  if (isCurrent(family, digest)) {
    const account = await accounts.standing(family.accountId);
    if (account?.credentialsVersion !== family.credentialsVersion) throw invalidRefreshToken();
    const access = await signAccessToken(deps, family.accountId, account.role);
    const next = secrets.make();
    if (await families.rotate(family, next.digest)) {
      const refreshExpiresInSeconds = family.expiresAtSeconds - nowSeconds;
      return { ...access, refreshToken: next.token, refreshExpiresInSeconds };
    }
    // A concurrent request spent the token or ended the family after the read above.
  }
  if ((await families.end(family.id, 'reuse')) === 'logout') throw invalidRefreshToken();
  throw tokenReused();
}
