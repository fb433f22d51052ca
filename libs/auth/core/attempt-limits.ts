import { AppError } from '@triptych/platform/errors';

/** A log-in on its way: for which (normalised) e-mail address, known or not, and from which network address. */
export interface Attempt {
  readonly email: string;
  readonly address: string;
}

/** How many failed log-ins are allowed in a window before further ones are refused unheard. */
export interface AttemptRules {
  readonly perAccountAndAddress: number;
  readonly perAccount: number;
  readonly windowSeconds: number;
}

export const attemptRules: AttemptRules = {
  perAccountAndAddress: 10,
  perAccount: 100,
  windowSeconds: 15 * 60,
};

/** Refuses a log-in unheard; the answer is the same whether or not the account exists. */
export function tooManyAttempts(retryAfterSeconds: number): AppError {
  return new AppError(
    'too-many',
    'too-many-attempts',
    'There were too many failed log-ins for this account. Try again later.',
    { retryAfterSeconds },
  );
}
