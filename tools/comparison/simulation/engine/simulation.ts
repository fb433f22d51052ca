/** What happens at a point of simulated time. */
export type Action = () => void;

/**
 * A discrete-event simulation: runs actions in the order of their times, and actions at the same time in the order in which they
 * were scheduled. Times are milliseconds. Its memory grows with the events that wait, not with those that have run.
 */
export class Simulation {
  /** The current time in milliseconds. */
  now = 0;
  /** How many events have run. */
  events = 0;
  #count = 0;
  #sequence = 0;
  // A binary heap in parallel arrays: half the memory of a heap of objects, and twice its speed.
  readonly #times: number[] = [];
  readonly #orders: number[] = [];
  readonly #actions: Action[] = [];

  /** How many events wait. */
  get waiting(): number {
    return this.#count;
  }

  /** Schedules an action. @throws RangeError for a delay that is negative or not a number */
  after(delayMs: number, action: Action): void {
    if (!(delayMs >= 0)) throw new RangeError(`${delayMs} ms is not a delay`);
    this.#push(this.now + delayMs, action);
  }

  /** Runs every event up to and including a time, and sets the clock to it. */
  runUntil(endMs: number): void {
    while (this.#count > 0 && (this.#times[0] as number) <= endMs) {
      const action = this.#actions[0] as Action;
      this.now = this.#times[0] as number;
      this.#removeFirst();
      this.events += 1;
      action();
    }
    this.now = Math.max(this.now, endMs);
  }

  #isBefore(a: number, b: number): boolean {
    const [first, second] = [this.#times[a] as number, this.#times[b] as number];
    return (
      first < second ||
      (first === second && (this.#orders[a] as number) < (this.#orders[b] as number))
    );
  }

  #swap(a: number, b: number): void {
    const times = this.#times;
    const orders = this.#orders;
    const actions = this.#actions;
    const time = times[a] as number;
    const order = orders[a] as number;
    const action = actions[a] as Action;
    times[a] = times[b] as number;
    orders[a] = orders[b] as number;
    actions[a] = actions[b] as Action;
    times[b] = time;
    orders[b] = order;
    actions[b] = action;
  }

  #push(time: number, action: Action): void {
    let at = this.#count;
    this.#times[at] = time;
    this.#orders[at] = this.#sequence;
    this.#actions[at] = action;
    this.#sequence += 1;
    this.#count += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #removeFirst(): void {
    this.#count -= 1;
    this.#swap(0, this.#count);
    this.#times.pop();
    this.#orders.pop();
    this.#actions.pop();
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.#count) return;
      const right = left + 1;
      const least = right < this.#count && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(least, at)) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
