import { AppError } from '@triptych/platform/errors';
import { normaliseEmail } from './email.ts';
import type { SigningKeys } from './key-ring.ts';
import { normalisePassword } from './password-policy.ts';
import type { AccessTokens, Accounts, Clock, Ids, PasswordHasher } from './ports.ts';
import type { EmailAndPassword } from './register.ts';
import { accessTokenSeconds } from './signing-keys.ts';

interface Parts {
  readonly accounts: Accounts;
  readonly hasher: PasswordHasher;
  readonly tokens: AccessTokens;
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What a log-in gives; `expiresInSeconds` counts from now. */
export interface Session {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

/**
 * Exchanges e-mail and password for an access token. Unknown account, wrong password and malformed e-mail give the same
 * error after the same hashing: throws `unauthenticated` (code `invalid-credentials`).
 */
export function logIn({ accounts, hasher, tokens, keys, clock, ids }: Parts) {
  return async (input: EmailAndPassword): Promise<Session> => {
    // A malformed address is looked up too: it cannot be found, and leaving the read out would show in the time.
    const email = normaliseEmail(input.email) ?? 'nobody';
    const credentials = await accounts.credentials(email);
    const password = normalisePassword(input.password);
    const holds = await hasher.verify(password, credentials?.passwordHash);
    if (!credentials || !holds) {
      throw new AppError(
        'unauthenticated',
        'invalid-credentials',
        'The e-mail address or the password is wrong.',
      );
    }
    const issuedAtSeconds = Math.floor(clock.now() / 1000);
    const claims = {
      tokenId: ids.next(),
      accountId: credentials.accountId,
      role: credentials.role,
      issuedAtSeconds,
      expiresAtSeconds: issuedAtSeconds + accessTokenSeconds,
    };
    const accessToken = await tokens.sign(claims, await keys.current());
    return { accessToken, expiresInSeconds: accessTokenSeconds };
  };
}
