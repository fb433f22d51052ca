import { AppError } from '@triptych/platform/errors';
import { emailToLookUp } from './email.ts';
import { normalisePassword } from './password-policy.ts';
import type { Accounts, AttemptLimits, PasswordHasher } from './ports.ts';
import { type Session, type SessionDeps, startSession } from './sessions.ts';

export interface LogIn {
  readonly email: string;
  readonly password: string;
  /** The client's network address. Failed attempts are counted per address. */
  readonly address: string;
}

interface Deps extends SessionDeps {
  readonly accounts: Accounts;
  readonly hasher: PasswordHasher;
  readonly limits: AttemptLimits;
}

/**
 * Exchanges an e-mail address and a password for a session. An unknown account, a wrong password
 * and a malformed address cause the same error after the same counting, lookup and hashing. The
 * attempt is counted before the password is checked, so concurrent attempts cannot exceed the limit.
 * @throws AppError too-many `too-many-attempts` before the password is checked, unauthenticated
 *   `invalid-credentials`, unavailable `unavailable`, internal `no-signing-key`
 */
export async function logIn(deps: Deps, command: LogIn): Promise<Session> {
  const { accounts, hasher, limits } = deps;
  // A malformed address is counted and looked up too; otherwise the response time would reveal it.
  const email = emailToLookUp(command.email);
  const attempt = { email: email.canonical, address: command.address };
  await limits.count(attempt);
  const credentials = await accounts.credentials(email);
  const password = normalisePassword(command.password);
  const matches = await hasher.verify(password, credentials?.passwordHash);
  if (!credentials || !matches) {
    throw new AppError(
      'unauthenticated',
      'invalid-credentials',
      'The e-mail address or the password is wrong.',
    );
  }
  const [session] = await Promise.all([
    startSession(deps, credentials),
    limits.recordSuccess(attempt),
  ]);
  return session;
}
