/** A target tracking policy from a template. */
export interface TrackingPolicy {
  /** The target value of the metric, e.g. 60 % of processor time. */
  readonly target: number;
  readonly scaleOutCooldownMs: number;
  readonly scaleInCooldownMs: number;
  readonly scalesIn: boolean;
}

/** One reading of the metric. */
export interface Reading {
  /** Undefined when there is no data. */
  readonly metric: number | undefined;
  readonly tasks: number;
  readonly nowMs: number;
}

/**
 * The number of consecutive readings that AWS's alarms require, and the share of the target below
 * which a reading counts as low (Application Auto Scaling User Guide, "Target tracking scaling
 * policies").
 */
const HIGH_READINGS = 3;
const LOW_READINGS = 15;
const LOW_SHARE = 0.9;

/** Computes the number of tasks from readings of the metric. It scales out fast and in slowly. */
export class TargetTracking {
  readonly #policy: TrackingPolicy;
  #high = 0;
  #low = 0;
  #outAt = Number.NEGATIVE_INFINITY;
  #inAt = Number.NEGATIVE_INFINITY;

  constructor(policy: TrackingPolicy) {
    this.#policy = policy;
  }

  /**
   * The number of tasks that the policy requests. The current number when nothing should change.
   */
  wanted({ metric, tasks, nowMs }: Reading): number {
    const { target, scaleOutCooldownMs, scaleInCooldownMs, scalesIn } = this.#policy;
    this.#high = metric !== undefined && metric > target ? this.#high + 1 : 0;
    this.#low = metric !== undefined && metric < target * LOW_SHARE ? this.#low + 1 : 0;
    if (metric === undefined) return tasks;
    const fitting = Math.ceil((tasks * metric) / target);
    const mayOut = nowMs - this.#outAt >= scaleOutCooldownMs;
    // The metric does not reflect recently added or removed tasks yet.
    const mayIn = nowMs - Math.max(this.#inAt, this.#outAt) >= scaleInCooldownMs;
    if (this.#high >= HIGH_READINGS && mayOut) return fitting;
    if (this.#low >= LOW_READINGS && mayIn && scalesIn) return Math.max(1, fitting);
    return tasks;
  }

  /** Starts the cool-down. Must be called after every change, also one by another policy. */
  changed(from: number, to: number, nowMs: number): void {
    if (to > from) this.#outAt = nowMs;
    else this.#inAt = nowMs;
  }
}
