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
}

/** A visit to come. */
export interface Visitor {
  readonly serviceMs: number;
  done(visit: Visit): void;
  /** Called at once when there is no place. */
  lost?: Action;
}

const MANY = 1_024;

/** A queue in front of servers: first come, first served. */
export class Station {
  readonly #simulation: Simulation;
  readonly #options: StationOptions;
  /** Entries before `#first` have left. They are removed many at a time, because removing one shifts all others. */
  readonly #waiting: { readonly since: number; readonly visitor: Visitor }[] = [];
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

  visit(visitor: Visitor): void {
    const { servers, places = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#busy < servers) {
      this.#serve(this.#simulation.now, visitor);
    } else if (this.length < places) {
      this.#waiting.push({ since: this.#simulation.now, visitor });
    } else {
      this.lost += 1;
      visitor.lost?.();
    }
  }

  #serve(since: number, visitor: Visitor): void {
    this.#busy += 1;
    const waitedMs = this.#simulation.now - since;
    const servedMs = visitor.serviceMs;
    this.#simulation.after(servedMs, () => {
      this.#busy -= 1;
      this.#serveNext();
      visitor.done({ waitedMs, servedMs });
    });
  }

  #serveNext(): void {
    const next = this.#waiting[this.#first];
    if (!next) return;
    this.#first += 1;
    if (this.#first > MANY && this.#first * 2 > this.#waiting.length) {
      this.#waiting.splice(0, this.#first);
      this.#first = 0;
    }
    this.#serve(next.since, next.visitor);
  }
}
