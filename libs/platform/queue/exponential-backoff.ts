/** Keeps the power finite for any receive count. */
const MAX_EXPONENT = 16;

/**
 * Exponential backoff with jitter, as a function of a message's receive count (from 1): the delay doubles from
 * `firstSeconds` up to `maxSeconds`. Each delay is shortened at random by up to a quarter, so that messages that failed
 * together do not return together.
 * @returns whole seconds, at least 1
 */
export function exponentialBackoff(
  firstSeconds: number,
  maxSeconds: number,
): (receiveCount: number) => number {
  return (receiveCount) => {
    const doublings = Math.min(receiveCount - 1, MAX_EXPONENT);
    const seconds = Math.min(maxSeconds, firstSeconds * 2 ** doublings);
    return Math.max(1, Math.round(seconds * (1 - Math.random() / 4)));
  };
}
