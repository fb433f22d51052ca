import { requireEmail } from './email.ts';
import { requireAcceptablePassword } from './password-policy.ts';
import type { Accounts, Clock, Ids, PasswordHasher } from './ports.ts';

export interface NewAccountParts {
  readonly accounts: Accounts;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface EmailAndPassword {
  readonly email: string;
  readonly password: string;
}

/**
 * Opens an account. Whether the e-mail was free is told to nobody and takes the same work, or anyone could ask who
 * shops here. Throws `validation` for what is no e-mail or no acceptable password.
 */
export function register({ accounts, hasher, clock, ids }: NewAccountParts) {
  return async (input: EmailAndPassword): Promise<void> => {
    const email = requireEmail(input.email);
    const passwordHash = await hasher.hash(requireAcceptablePassword(input.password, email));
    const createdAt = new Date(clock.now()).toISOString();
    await accounts.create({ id: ids.next(), email, role: 'customer', createdAt }, passwordHash);
  };
}
