import { SharedProcessor } from '../engine/shared-processor.ts';
import type { Simulation } from '../engine/simulation.ts';
import { COLD, OK, type Outcome, OVERLOADED, type Server, THROTTLED, type Work } from './call.ts';

export interface WebFunctionSettings {
  /** Requests at a time in one environment. */
  readonly concurrency: number;
  readonly maxEnvironments: number;
  /** Draws the time until a new environment listens, in milliseconds. */
  readonly startMs: () => number;
  /** After how long without requests an environment ends. */
  readonly idleMs: number;
  /** How long a request may wait for a place. */
  readonly queueMs: number;
}

interface Environment {
  readonly processor: SharedProcessor;
  isListening: boolean;
  inFlight: number;
  idleSince: number;
}

interface Waiter {
  readonly since: number;
  readonly work: Work;
  readonly done: (outcome: Outcome) => void;
}

/** An environment has two cores, of which Node uses one. AWS Lambda Developer Guide, "Web functions: environment" */
const CORES = 1;

/**
 * A Lambda Web Function: an environment answers many requests at once. When all are full, another one starts, and requests wait.
 * Without requests there are none. What AWS does not document is in the assumptions.
 */
export class WebFunction implements Server {
  readonly #simulation: Simulation;
  readonly #settings: WebFunctionSettings;
  readonly #environments: Environment[] = [];
  readonly #waiting: Waiter[] = [];
  calls = 0;
  cold = 0;
  throttled = 0;
  /** Processor time that requests have used. */
  cpuMs = 0;
  /** Environments times milliseconds: what memory is billed by. */
  environmentMs = 0;
  #countedAt = 0;

  constructor(simulation: Simulation, settings: WebFunctionSettings) {
    this.#simulation = simulation;
    this.#settings = settings;
  }

  call(work: Work, done: (outcome: Outcome) => void): void {
    this.calls += 1;
    const free = this.#freest();
    if (free) {
      this.#run(free, work, () => done(OK));
      return;
    }
    const starting = this.#environments.filter(({ isListening }) => !isListening).length;
    const places = starting * this.#settings.concurrency - this.#waiting.length;
    if (places <= 0) {
      if (this.#environments.length >= this.#settings.maxEnvironments) {
        this.throttled += 1;
        done(THROTTLED);
        return;
      }
      this.#start();
    }
    this.cold += 1;
    this.#waiting.push({ since: this.#simulation.now, work, done });
  }

  #freest(): Environment | undefined {
    let found: Environment | undefined;
    for (const one of this.#environments) {
      if (!one.isListening || one.inFlight >= this.#settings.concurrency) continue;
      if (found === undefined || one.inFlight < found.inFlight) found = one;
    }
    return found;
  }

  #count(): void {
    this.environmentMs += (this.#simulation.now - this.#countedAt) * this.#environments.length;
    this.#countedAt = this.#simulation.now;
  }

  #start(): void {
    this.#count();
    const processor = new SharedProcessor(this.#simulation, CORES);
    const one: Environment = { processor, isListening: false, inFlight: 0, idleSince: 0 };
    this.#environments.push(one);
    this.#simulation.after(this.#settings.startMs(), () => {
      one.isListening = true;
      this.#serveWaiting();
      if (one.inFlight === 0) this.#endWhenIdle(one);
    });
  }

  #serveWaiting(): void {
    while (this.#waiting.length > 0) {
      const free = this.#freest();
      if (!free) return;
      const waiter = this.#waiting.shift() as Waiter;
      if (this.#simulation.now - waiter.since > this.#settings.queueMs) waiter.done(OVERLOADED);
      else this.#run(free, waiter.work, () => waiter.done(COLD));
    }
  }

  #run(one: Environment, work: Work, ended: () => void): void {
    one.inFlight += 1;
    this.cpuMs += work.cpuMs;
    one.processor.start(work.cpuMs, () =>
      this.#simulation.after(work.waitMs, () => {
        one.inFlight -= 1;
        ended();
        this.#serveWaiting();
        if (one.inFlight === 0) this.#endWhenIdle(one);
      }),
    );
  }

  #endWhenIdle(one: Environment): void {
    const since = this.#simulation.now;
    one.idleSince = since;
    this.#simulation.after(this.#settings.idleMs, () => {
      if (one.inFlight > 0 || one.idleSince !== since) return;
      this.#count();
      const at = this.#environments.indexOf(one);
      if (at >= 0) this.#environments.splice(at, 1);
    });
  }

  processes(): number {
    this.#count();
    return this.#environments.length;
  }
}
