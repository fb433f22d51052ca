import { AppError } from '@triptych/platform/errors';
import { normaliseEmail } from './email.ts';
import { normalisePassword } from './password-policy.ts';
import type { Accounts, AttemptLimits, PasswordHasher } from './ports.ts';
import type { EmailAndPassword } from './register.ts';
import { type Session, type SessionParts, startSession } from './sessions.ts';

interface Parts extends SessionParts {
  readonly accounts: Accounts;
  readonly hasher: PasswordHasher;
  readonly limits: AttemptLimits;
}

export interface LogInAttempt extends EmailAndPassword {
  /** The client's network address: failed attempts are counted by it. */
  readonly address: string;
}

/**
 * Exchanges e-mail and password for a session. Unknown account, wrong password and malformed e-mail give the same error
 * after the same counting and hashing.
 * @throws AppError `unauthenticated` (code `invalid-credentials`), or `too-many` (code `too-many-attempts`) unheard
 */
export function logIn(parts: Parts) {
  const { accounts, hasher, limits } = parts;
  return async (input: LogInAttempt): Promise<Session> => {
    // A malformed address is counted and looked up too: leaving that out would show in the time.
    const email = normaliseEmail(input.email) ?? `malformed ${input.email}`;
    const attempt = { email, address: input.address };
    await limits.count(attempt);
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
    const [session] = await Promise.all([
      startSession(parts, credentials),
      limits.forgive(attempt),
    ]);
    return session;
  };
}
