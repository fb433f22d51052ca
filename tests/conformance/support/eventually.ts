/** Asks again until `done` holds. @throws Error with the last value after `withinMs` */
export async function eventually<T>(
  ask: () => Promise<T>,
  done: (value: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (done(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`Still not so after ${withinMs} ms: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
