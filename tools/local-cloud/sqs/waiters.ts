/** Suspends long polls until the queue changes, a timeout ends, or the client disconnects. */
export class Waiters {
  readonly #wake = new Set<() => void>();

  /** Resolves on {@link wakeAll}, after `milliseconds`, or when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#wake.add(done);
      signal?.addEventListener('abort', done);
      if (signal?.aborted) done();
    });
  }

  /** Wakes every sleeper, oldest first. */
  wakeAll(): void {
    for (const wake of [...this.#wake]) wake();
  }
}
