/** Often at first, for what takes a moment; then seldom enough to leave the shop its time. */
const firstPauseMs = 60;
const longestPauseMs = 500;

/** Asks again until `done` holds. @throws Error with the last value after `withinMs` */
export async function eventually<T>(
  ask: () => Promise<T>,
  done: (value: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const value = await ask();
    if (done(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`Still not so after ${withinMs} ms: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
