import type { Simulation } from '../engine/simulation.ts';
import type { Random } from '../random/random.ts';
import { COLD, OK, type Outcome, type Server, THROTTLED, type Work } from './call.ts';

/** The concurrency that all functions of an account share. */
export class Account {
  readonly limit: number;
  busy = 0;

  constructor(limit: number) {
    this.limit = limit;
  }
}

export interface FunctionSettings {
  /** Share of a core: a function with 1,769 MB has a whole one. */
  readonly cores: number;
  /** Sandboxes that are always initialized. */
  readonly provisioned: number;
  /** Draws the length of an INIT in milliseconds. */
  readonly initMs: () => number;
  /** Draws for how long an idle sandbox stays warm, in milliseconds. */
  readonly warmMs: () => number;
  /** Mean time until a sandbox is replaced even if it is in use. */
  readonly lifeMs: number;
  /** Sandboxes that may start per second; the burst is ten times as many. */
  readonly startsPerSecond: number;
}

interface Sandbox {
  readonly replacedAt: number;
  coldFrom: number;
}

/**
 * A Lambda function: one request per sandbox. The sandbox that was used last is used first, so that the others can end.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class LambdaFunction implements Server {
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #settings: FunctionSettings;
  readonly #account: Account;
  #idle: Sandbox[] = [];
  #busy = 0;
  #provisionedBusy = 0;
  #tokens: number;
  #tokensAt = 0;
  calls = 0;
  cold = 0;
  throttled = 0;
  /** Durations, and INITs, which are billed since August 2025. */
  billedMs = 0;

  constructor(
    simulation: Simulation,
    random: Random,
    account: Account,
    settings: FunctionSettings,
  ) {
    this.#simulation = simulation;
    this.#random = random;
    this.#account = account;
    this.#settings = settings;
    this.#tokens = this.#burst;
  }

  get #burst(): number {
    return 10 * this.#settings.startsPerSecond;
  }

  call(work: Work, done: (outcome: Outcome) => void): void {
    this.calls += 1;
    if (this.#account.busy >= this.#account.limit) {
      this.#throttle(done);
      return;
    }
    if (this.#provisionedBusy < this.#settings.provisioned) {
      this.#provisionedBusy += 1;
      this.#run(work, 0, () => {
        this.#provisionedBusy -= 1;
        done(OK);
      });
      return;
    }
    const warm = this.#takeWarm();
    if (warm === undefined && !this.#mayStart()) {
      this.#throttle(done);
      return;
    }
    const initMs = warm ? 0 : this.#settings.initMs();
    if (!warm) this.cold += 1;
    const sandbox = warm ?? {
      replacedAt: this.#simulation.now + this.#random.exponential(this.#settings.lifeMs),
      coldFrom: 0,
    };
    this.#run(work, initMs, () => {
      sandbox.coldFrom = this.#simulation.now + this.#settings.warmMs();
      this.#idle.push(sandbox);
      done(warm ? OK : COLD);
    });
  }

  #throttle(done: (outcome: Outcome) => void): void {
    this.throttled += 1;
    done(THROTTLED);
  }

  #run(work: Work, initMs: number, ended: () => void): void {
    this.#busy += 1;
    this.#account.busy += 1;
    const durationMs = work.cpuMs / this.#settings.cores + work.waitMs;
    // Billed by the millisecond, rounded up.
    this.billedMs += Math.ceil(durationMs + initMs);
    this.#simulation.after(initMs + durationMs, () => {
      this.#busy -= 1;
      this.#account.busy -= 1;
      ended();
    });
  }

  #takeWarm(): Sandbox | undefined {
    const { now } = this.#simulation;
    for (let last = this.#idle.pop(); last; last = this.#idle.pop()) {
      if (last.coldFrom > now && last.replacedAt > now) return last;
    }
    return undefined;
  }

  /** Takes a start from the allowance of the function. */
  #mayStart(): boolean {
    const { now } = this.#simulation;
    const gained = ((now - this.#tokensAt) / 1_000) * this.#settings.startsPerSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#tokensAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  processes(): number {
    const { now } = this.#simulation;
    this.#idle = this.#idle.filter(
      ({ coldFrom, replacedAt }) => coldFrom > now && replacedAt > now,
    );
    return this.#busy + this.#idle.length + this.#settings.provisioned - this.#provisionedBusy;
  }
}
