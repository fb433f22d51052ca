/** Attempts of a step, over about half an hour. Afterwards the execution fails, which raises an alarm. */
const MAX_ATTEMPTS = 40;
const MAX_DELAY_SECONDS = 60;

/**
 * When a step that threw an error is repeated: after 1, 2, 4 … 60 s.
 * @param attempt the number of attempts so far, from 1
 */
export function retryStrategy(_error: Error, attempt: number) {
  if (attempt >= MAX_ATTEMPTS) return { shouldRetry: false as const };
  const seconds = Math.min(2 ** (attempt - 1), MAX_DELAY_SECONDS);
  return { shouldRetry: true as const, delay: { seconds } };
}
