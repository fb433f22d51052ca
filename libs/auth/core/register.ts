import { requireEmail } from './email.ts';
import { requireAcceptablePassword } from './password-policy.ts';
import type { Accounts, Clock, Ids, PasswordHasher } from './ports.ts';

export interface Register {
  readonly email: string;
  readonly password: string;
}

interface Deps {
  readonly accounts: Accounts;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Creates a customer account. If the e-mail address is already registered, nothing changes, and
 * neither the result nor the work differs; otherwise anyone could find out who has an account.
 * @throws AppError validation `validation` for an invalid e-mail address or an unacceptable password
 */
export async function register(deps: Deps, command: Register): Promise<void> {
  const { accounts, hasher, clock, ids } = deps;
  const email = requireEmail(command.email);
  const passwordHash = await hasher.hash(requireAcceptablePassword(command.password, email));
  const createdAt = new Date(clock.now()).toISOString();
  await accounts.create({ id: ids.next(), email, role: 'customer', createdAt }, passwordHash);
}
