import type { Account } from './account.ts';
import { invalidToken } from './auth-errors.ts';
import type { CachedKeyRing } from './cached-key-ring.ts';
import type { AccessTokens, Accounts, Clock } from './ports.ts';
import { publishedKeys } from './signing-keys.ts';

export interface ReadAccount {
  readonly accessToken: string;
}

interface Deps {
  readonly accounts: Accounts;
  readonly tokens: AccessTokens;
  readonly keyRing: CachedKeyRing;
  readonly clock: Clock;
}

/**
 * Returns the account that an access token was issued to. Auth verifies the token with its own key
 * ring instead of fetching its own key set through the edge.
 * @throws AppError unauthenticated `invalid-token` for an invalid token or a removed account,
 *   unavailable `unavailable`
 */
export async function readAccount(deps: Deps, command: ReadAccount): Promise<Account> {
  const { accounts, tokens, keyRing, clock } = deps;
  const keys = publishedKeys(await keyRing.read(), clock.now());
  const { accountId } = await tokens.verify(command.accessToken, keys, clock.now());
  const account = await accounts.byId(accountId);
  if (account) return account;
  throw invalidToken();
}
