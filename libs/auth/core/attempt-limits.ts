import { AppError } from '@triptych/platform/errors';

/**
 * A log-in attempt. `email` is normalised and need not belong to an account; `address` is the
 * client's network address.
 */
export interface Attempt {
  readonly email: string;
  readonly address: string;
}

/** How many failed log-ins a window allows before further ones are rejected. */
export interface AttemptRules {
  readonly perAccountAndAddress: number;
  readonly perAccount: number;
  readonly windowSeconds: number;
}

export const ATTEMPT_RULES: AttemptRules = {
  perAccountAndAddress: 10,
  perAccount: 100,
  windowSeconds: 15 * 60,
};

/**
 * Creates the error that rejects a log-in before its password is checked: kind `too-many`, code
 * `too-many-attempts`. It is the same whether or not the account exists.
 */
export function tooManyAttempts(retryAfterSeconds: number): AppError {
  return new AppError(
    'too-many',
    'too-many-attempts',
    'There were too many failed log-ins for this account. Try again later.',
    { retryAfterSeconds },
  );
}
