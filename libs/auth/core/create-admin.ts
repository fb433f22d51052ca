import { AppError } from '@triptych/platform/errors';
import { requireEmail } from './email.ts';
import { requireAcceptablePassword } from './password-policy.ts';
import type { Accounts, Clock, Ids, PasswordHasher } from './ports.ts';

export interface CreateAdmin {
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
 * Creates an administrator, or makes the existing account with this e-mail address one. No HTTP
 * route leads here: an operator runs it with AWS credentials for the table. An existing account
 * gets **the given password**, so registering the address in advance gains nothing, and sessions
 * started with the old password end at their next refresh.
 * @throws AppError validation `validation` for an invalid e-mail address or an unacceptable
 *   password, conflict `account-changed` if the account is removed at the same time
 */
export async function createAdmin(
  deps: Deps,
  command: CreateAdmin,
): Promise<{ id: string; created: boolean }> {
  const { accounts, hasher, clock, ids } = deps;
  const email = requireEmail(command.email);
  const passwordHash = await hasher.hash(requireAcceptablePassword(command.password, email));
  const id = ids.next();
  const createdAt = new Date(clock.now()).toISOString();
  const outcome = await accounts.create({ id, email, role: 'admin', createdAt }, passwordHash);
  if (outcome === 'created') return { id, created: true };
  const existing = await accounts.makeAdmin(email, passwordHash);
  if (existing) return { id: existing.id, created: false };
  throw new AppError('conflict', 'account-changed', 'The account was removed at the same time.');
}
