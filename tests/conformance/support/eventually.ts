/** The first polls are frequent, for quick changes. Later ones are rarer, so that polling does not slow the shop. */
const FIRST_PAUSE_MS = 60;
const MAX_PAUSE_MS = 500;

/** Polls `ask` until `done` holds. @throws Error with the last value after `withinMs` */
export async function eventually<T>(
  ask: () => Promise<T>,
  done: (value: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 1.5)) {
    const value = await ask();
    if (done(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(
        `The condition did not hold within ${withinMs} ms. Last value: ${JSON.stringify(value)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
