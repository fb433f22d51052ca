import type { Action, Simulation } from './simulation.ts';

interface Job {
  /** The virtual time at which it has had all its work. */
  readonly endsAt: number;
  readonly done: Action;
}

/**
 * A processor that all running requests share equally, as those of one process do. A request of `w` milliseconds of processor
 * time takes `w` alone and about `n·w` beside `n − 1` others.
 *
 * Virtual time advances by `speed / n` per millisecond, so a request ends when virtual time has advanced by its work
 * (Kleinrock, "Queueing Systems", volume 2, section 4.4, 1976).
 */
export class SharedProcessor {
  readonly #simulation: Simulation;
  readonly #speed: number;
  /** A heap by the virtual time of the end. */
  readonly #jobs: Job[] = [];
  #virtual = 0;
  #since = 0;
  #version = 0;
  #busyMs = 0;

  /** @param speed processor time per millisecond: 0.25 for a quarter of a core */
  constructor(simulation: Simulation, speed: number) {
    this.#simulation = simulation;
    this.#speed = speed;
    this.#since = simulation.now;
  }

  /** Requests that it works on. */
  get running(): number {
    return this.#jobs.length;
  }

  /** How long it has worked since its start, in milliseconds. */
  get busyMs(): number {
    this.#advance();
    return this.#busyMs;
  }

  /** Starts a request. @param workMs processor time that it needs on a whole core */
  start(workMs: number, done: Action): void {
    this.#advance();
    this.#push({ endsAt: this.#virtual + workMs, done });
    this.#schedule();
  }

  #advance(): void {
    const elapsed = this.#simulation.now - this.#since;
    this.#since = this.#simulation.now;
    if (this.#jobs.length === 0) return;
    this.#virtual += (elapsed * this.#speed) / this.#jobs.length;
    this.#busyMs += elapsed;
  }

  #schedule(): void {
    this.#version += 1;
    const version = this.#version;
    const first = this.#jobs[0];
    if (!first) return;
    const left = Math.max(0, first.endsAt - this.#virtual);
    this.#simulation.after((left * this.#jobs.length) / this.#speed, () => {
      // A request has started or ended in the meantime, and this event is no longer right.
      if (version !== this.#version) return;
      this.#advance();
      // Rounding may leave a little.
      this.#virtual = Math.max(this.#virtual, first.endsAt);
      this.#pop();
      this.#schedule();
      first.done();
    });
  }

  #push(job: Job): void {
    const jobs = this.#jobs;
    let at = jobs.push(job) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = jobs[parent] as Job;
      if (other.endsAt <= job.endsAt) break;
      jobs[at] = other;
      at = parent;
    }
    jobs[at] = job;
  }

  #pop(): void {
    const jobs = this.#jobs;
    const last = jobs.pop();
    if (!last || jobs.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= jobs.length) break;
      const right = left + 1;
      const least =
        right < jobs.length && (jobs[right] as Job).endsAt < (jobs[left] as Job).endsAt
          ? right
          : left;
      const child = jobs[least] as Job;
      if (child.endsAt >= last.endsAt) break;
      jobs[at] = child;
      at = least;
    }
    jobs[at] = last;
  }
}
