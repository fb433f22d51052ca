import type { Action, Simulation } from './simulation.ts';

/** The result of a visit to a station. Times are milliseconds. */
export interface Visit {
  readonly waitedMs: number;
  readonly servedMs: number;
}

export interface StationOptions {
  readonly servers: number;
  /** How many may wait. Others are lost. By default there is no limit. */
  readonly places?: number;
  /** Draws a service time in milliseconds. */
  readonly serviceMs: () => number;
}

/** A queue in front of servers: first come, first served. */
export class Station {
  readonly #simulation: Simulation;
  readonly #options: StationOptions;
  /** Entries before `#first` have left. They are removed many at a time, because removing one shifts all others. */
  readonly #waiting: { readonly since: number; readonly done: (visit: Visit) => void }[] = [];
  #first = 0;
  #busy = 0;
  lost = 0;

  constructor(simulation: Simulation, options: StationOptions) {
    this.#simulation = simulation;
    this.#options = options;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.length - this.#first;
  }

  /** Since when the first one waits, or undefined when nobody does. */
  get oldestSince(): number | undefined {
    return this.#waiting[this.#first]?.since;
  }

  /** Calls `done` after the service. Calls `lost` at once when there is no place. */
  visit(done: (visit: Visit) => void, lost: Action = () => undefined): void {
    const { servers, places = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#busy < servers) {
      this.#serve(this.#simulation.now, done);
    } else if (this.length < places) {
      this.#waiting.push({ since: this.#simulation.now, done });
    } else {
      this.lost += 1;
      lost();
    }
  }

  #serve(since: number, done: (visit: Visit) => void): void {
    this.#busy += 1;
    const waitedMs = this.#simulation.now - since;
    const servedMs = this.#options.serviceMs();
    this.#simulation.after(servedMs, () => {
      this.#busy -= 1;
      const next = this.#waiting[this.#first];
      if (next) {
        this.#first += 1;
        if (this.#first > 1_024 && this.#first * 2 > this.#waiting.length) {
          this.#waiting.splice(0, this.#first);
          this.#first = 0;
        }
        this.#serve(next.since, next.done);
      }
      done({ waitedMs, servedMs });
    });
  }
}
