import { AppError } from '@triptych/platform/errors';
import { requireEmail } from './email.ts';
import { requireAcceptablePassword } from './password-policy.ts';
import type { EmailAndPassword, NewAccountParts } from './register.ts';

/**
 * Makes an administrator, by command and with the operator's own credentials for the table: there is no HTTP route to
 * it. An account that already has the e-mail becomes one **with the given password**, so that whoever registered the
 * address beforehand gains nothing: sessions that began with another password end at their next refresh.
 * Throws `validation` for what is no e-mail or no acceptable password.
 */
export function createAdmin({ accounts, hasher, clock, ids }: NewAccountParts) {
  return async (input: EmailAndPassword): Promise<{ id: string; created: boolean }> => {
    const email = requireEmail(input.email);
    const passwordHash = await hasher.hash(requireAcceptablePassword(input.password, email));
    const id = ids.next();
    const createdAt = new Date(clock.now()).toISOString();
    const outcome = await accounts.create({ id, email, role: 'admin', createdAt }, passwordHash);
    if (outcome === 'created') return { id, created: true };
    const existing = await accounts.makeAdmin(email, passwordHash);
    if (existing) return { id: existing.id, created: false };
    throw new AppError('conflict', 'account-changed', 'The account was removed meanwhile.');
  };
}
