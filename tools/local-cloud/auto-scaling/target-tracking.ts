/** A target tracking policy, as its template says it. */
export interface TrackingPolicy {
  /** The metric is to stay near this, e.g. 60 % of processor time. */
  readonly target: number;
  readonly scaleOutCooldownMs: number;
  readonly scaleInCooldownMs: number;
  readonly scalesIn: boolean;
}

/** One reading of the metric. */
export interface Reading {
  /** Undefined when there is none. */
  readonly metric: number | undefined;
  readonly tasks: number;
  readonly nowMs: number;
}

/**
 * Readings in a row that AWS's alarms wait for, and how far below its target the metric must be (Application Auto
 * Scaling user guide, "Target tracking scaling policies").
 */
const HIGH_READINGS = 3;
const LOW_READINGS = 15;
const LOW_SHARE = 0.9;

/** Decides from readings how many tasks a service should have: out fast, in slowly. */
export class TargetTracking {
  readonly #policy: TrackingPolicy;
  #high = 0;
  #low = 0;
  #outAt = Number.NEGATIVE_INFINITY;
  #inAt = Number.NEGATIVE_INFINITY;

  constructor(policy: TrackingPolicy) {
    this.#policy = policy;
  }

  /** The number of tasks it asks for; the present one when nothing is to change. */
  wanted({ metric, tasks, nowMs }: Reading): number {
    const { target, scaleOutCooldownMs, scaleInCooldownMs, scalesIn } = this.#policy;
    this.#high = metric !== undefined && metric > target ? this.#high + 1 : 0;
    this.#low = metric !== undefined && metric < target * LOW_SHARE ? this.#low + 1 : 0;
    if (metric === undefined) return tasks;
    const fitting = Math.ceil((tasks * metric) / target);
    const mayOut = nowMs - this.#outAt >= scaleOutCooldownMs;
    // Tasks that have just come, or gone, do not show in the metric yet.
    const mayIn = nowMs - Math.max(this.#inAt, this.#outAt) >= scaleInCooldownMs;
    if (this.#high >= HIGH_READINGS && mayOut) return fitting;
    if (this.#low >= LOW_READINGS && mayIn && scalesIn) return Math.max(1, fitting);
    return tasks;
  }

  /** To be told when the number of tasks has changed, by whichever policy. */
  changed(from: number, to: number, nowMs: number): void {
    if (to > from) this.#outAt = nowMs;
    else this.#inAt = nowMs;
  }
}
