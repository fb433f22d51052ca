import type { Simulation } from '../engine/simulation.ts';
import { Station } from '../engine/station.ts';
import type { Server, Work } from './call.ts';

/** Handles the messages of a service. */
export interface MessageQueue {
  /** Calls `done` when the message has been handled. */
  handle(work: Work, done: () => void): void;
  /** The age of the oldest message that is not handled yet, in milliseconds. */
  oldestMs(): number;
}

/** A worker function: at most so many at a time, as the event source mapping says. */
export class WorkerMessages implements MessageQueue {
  readonly #simulation: Simulation;
  readonly #station: Station;

  constructor(simulation: Simulation, maxConcurrency: number) {
    this.#simulation = simulation;
    this.#station = new Station(simulation, { servers: maxConcurrency });
  }

  handle({ cpuMs, waitMs }: Work, done: () => void): void {
    this.#station.visit({ serviceMs: cpuMs + waitMs, done });
  }

  oldestMs(): number {
    const { oldestSince } = this.#station;
    return oldestSince === undefined ? 0 : this.#simulation.now - oldestSince;
  }
}

/** The visibility timeout of a queue that a container polls is longer; a task that is overloaded only delays its poll. */
const RETRY_MS = 1_000;

/** A container handles messages beside its requests, on the same processor. */
export class ContainerMessages implements MessageQueue {
  readonly #simulation: Simulation;
  readonly #server: Server;
  /** Since when messages wait, oldest first. */
  readonly #waiting = new Set<{ readonly since: number }>();

  constructor(simulation: Simulation, server: Server) {
    this.#simulation = simulation;
    this.#server = server;
  }

  handle(work: Work, done: () => void): void {
    const entry = { since: this.#simulation.now };
    this.#waiting.add(entry);
    const attempt = () =>
      this.#server.call(work, ({ ending }) => {
        if (ending !== 'ok') {
          this.#simulation.after(RETRY_MS, attempt);
          return;
        }
        this.#waiting.delete(entry);
        done();
      });
    attempt();
  }

  oldestMs(): number {
    const [oldest] = this.#waiting;
    return oldest === undefined ? 0 : this.#simulation.now - oldest.since;
  }
}
