import type { Rule } from './rule.ts';

/** A delay above 2^31 ms would overflow the timer and fire immediately. */
const MAX_SLEEP_MS = 60_000;

export interface ClockOptions {
  readonly rules: () => Rule[];
  readonly fire: (rule: Rule) => void;
}

/**
 * Fires scheduled rules when they are due. After a pause of the process, a rule fires only once.
 */
export class ScheduleClock {
  readonly #options: ClockOptions;
  #timer: NodeJS.Timeout | undefined;
  #checkedUntil = 0;

  constructor(options: ClockOptions) {
    this.#options = options;
  }

  start(): void {
    this.#checkedUntil = Date.now();
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Must be called after a rule is added, because it may be due before the others. */
  reschedule(): void {
    if (this.#timer) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const soonest = Math.min(...this.#due().map(({ at }) => at));
    const delayMs = Math.min(MAX_SLEEP_MS, Math.max(0, soonest - Date.now()));
    this.#timer = setTimeout(() => this.#tick(), delayMs);
    this.#timer.unref();
  }

  #tick(): void {
    const now = Date.now();
    for (const { rule, at } of this.#due()) {
      if (at <= now) this.#options.fire(rule);
    }
    this.#checkedUntil = now;
    this.#wait();
  }

  #due(): { rule: Rule; at: number }[] {
    return this.#options.rules().map((rule) => ({
      rule,
      at: rule.schedule?.(this.#checkedUntil) ?? Number.POSITIVE_INFINITY,
    }));
  }
}
