/** The longest delay of `setTimeout`. A longer one fires at once. */
const MAX_DELAY_MS = 2_147_483_647;

/** Named timers. A timer that is set again replaces the earlier one. */
export class Timers {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** Calls `run` at a time in epoch milliseconds, or in the next turn if it has passed. */
  set(name: string, atMs: number, run: () => void): void {
    this.clear(name);
    const leftMs = Math.max(0, atMs - Date.now());
    const timer = setTimeout(
      () => {
        this.#timers.delete(name);
        if (leftMs > MAX_DELAY_MS) this.set(name, atMs, run);
        else run();
      },
      Math.min(leftMs, MAX_DELAY_MS),
    );
    this.#timers.set(name, timer);
  }

  clear(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  clearAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
