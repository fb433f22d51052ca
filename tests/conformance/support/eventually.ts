/** The first polls are frequent, for quick changes. Later ones are rarer, so that polling does not slow the shop. */
const FIRST_PAUSE_MS = 60;
const MAX_PAUSE_MS = 500;

/** Pauses in total: enough for everything that a shop does in the background, on a machine that is busy with other
 * work. `npm run test:grants` sets less, because it expects checks to fail. */
export const POLLED_MS = Number(process.env.TRIPTYCH_POLLED_MS ?? 180_000);

/**
 * Polls `ask` until `done` holds. The number of polls is bounded, not the time: on a machine where each poll takes longer,
 * the shop is slower too.
 * @param idleMs the pauses between the polls in total, if that is less than the patience that is set
 * @throws Error with the last value after the last poll
 */
export async function eventually<T>(
  ask: () => Promise<T>,
  done: (value: T) => boolean,
  idleMs = POLLED_MS,
): Promise<T> {
  let pausedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 1.5)) {
    const value = await ask();
    if (done(value)) return value;
    if (pausedMs >= Math.min(idleMs, POLLED_MS)) {
      throw new Error(
        `The condition did not hold after ${pausedMs} ms of pauses between polls. Last value: ${JSON.stringify(value)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pausedMs += pauseMs;
  }
}
