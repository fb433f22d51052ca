import type { Catcher, Retrier } from './definition.ts';

/** An error of a state, as `Retry` and `Catch` see it. */
export class StateError extends Error {
  /** Its name: `States.Timeout`, or the type of a function's error. */
  readonly error: string;
  override readonly cause: string;

  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
  }
}

/**
 * Errors that end the execution, whatever `Retry` and `Catch` say.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
const TERMINAL = ['States.DataLimitExceeded', 'States.Runtime'];

/** Whether a list of names contains an error or a wildcard for it. */
export function matches(names: readonly string[], error: string): boolean {
  return names.some((name) => {
    if (name === error) return true;
    if (TERMINAL.includes(error)) return false;
    if (name === 'States.TaskFailed') return error !== 'States.Timeout';
    // A missed heartbeat is also a timeout.
    if (name === 'States.Timeout') return error === 'States.HeartbeatTimeout';
    return name === 'States.ALL';
  });
}

/** The first catcher of an error. */
export function catcherOf(catchers: readonly Catcher[], error: string): Catcher | undefined {
  return catchers.find(({ ErrorEquals }) => matches(ErrorEquals, error));
}

/**
 * Counts an error and returns the seconds until the next attempt. Undefined when there is none: no
 * retrier knows the error, or the first one that does has made all its attempts.
 * @param used the retries of each retrier so far, by its index. Changed
 * @param random in [0, 1)
 */
export function nextRetrySeconds(
  retriers: readonly Retrier[],
  error: string,
  used: Record<number, number>,
  random: () => number,
): number | undefined {
  const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const retrier = retriers[index];
  if (!retrier) return undefined;
  const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2 } = retrier;
  const retries = used[index] ?? 0;
  if (retries >= MaxAttempts) return undefined;
  used[index] = retries + 1;
  const { MaxDelaySeconds = Number.POSITIVE_INFINITY, JitterStrategy } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** retries, MaxDelaySeconds);
  return JitterStrategy === 'FULL' ? random() * seconds : seconds;
}
