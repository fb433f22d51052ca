/** Runs work once per key at a time. Concurrent callers with the same key share the result. */
export type SingleFlight<T> = (key: string, work: () => Promise<T>) => Promise<T>;

/** Nothing is remembered: a call after the work has ended runs it again. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const inFlight = new Map<string, Promise<T>>();
  return (key, work) => {
    const running = inFlight.get(key);
    if (running) return running;
    const started = work().finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };
}
