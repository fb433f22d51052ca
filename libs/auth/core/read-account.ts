import type { Account } from './account.ts';
import type { SigningKeys } from './key-ring.ts';
import type { AccessTokens, Accounts, Clock } from './ports.ts';
import { invalidToken } from './refusals.ts';

interface Parts {
  readonly accounts: Accounts;
  readonly tokens: AccessTokens;
  readonly keys: SigningKeys;
  readonly clock: Clock;
}

/**
 * The account an access token speaks for. Auth checks the token against its own ring instead of fetching its own key
 * set through the edge. Throws `unauthenticated` (code `invalid-token`) for a token that does not hold.
 */
export function me({ accounts, tokens, keys, clock }: Parts) {
  return async (accessToken: string): Promise<Account> => {
    const published = await keys.published();
    const { accountId } = await tokens.verify(accessToken, published, clock.now());
    const account = await accounts.byId(accountId);
    if (account) return account;
    throw invalidToken();
  };
}
