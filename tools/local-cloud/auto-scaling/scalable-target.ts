import type { ContainerService } from '../ecs/index.ts';
import type { Metric } from './metrics.ts';
import type { TargetTracking } from './target-tracking.ts';

interface Policy {
  readonly tracking: TargetTracking;
  readonly metric: Metric;
}

/** A service whose policies adjust its number of tasks between a minimum and a maximum. */
export class ScalableTarget {
  readonly service: ContainerService;
  readonly #minimum: number;
  readonly #maximum: number;
  readonly #policies = new Set<Policy>();
  #timer: NodeJS.Timeout | undefined;

  constructor(service: ContainerService, minimum: number, maximum: number) {
    this.service = service;
    this.#minimum = minimum;
    this.#maximum = maximum;
  }

  /** Brings the task count between the minimum and the maximum, as RegisterScalableTarget does. */
  register(): void {
    this.service.scaleTo(this.#allowed(this.service.desiredCount));
  }

  #allowed(tasks: number): number {
    return Math.min(Math.max(tasks, this.#minimum), this.#maximum);
  }

  /** Adds a policy. Returns the function that removes it. */
  add(policy: Policy): () => void {
    this.#policies.add(policy);
    return () => void this.#policies.delete(policy);
  }

  /** Evaluates the policies every `intervalMs`. 0 disables scaling. */
  start(intervalMs: number): void {
    if (intervalMs <= 0) return;
    this.#timer = setInterval(() => this.evaluate(Date.now()), intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * Applies the largest task count that a policy requests: one can add, all must agree to remove.
   */
  evaluate(nowMs: number): void {
    const tasks = this.service.desiredCount;
    const policies = [...this.#policies];
    const requested = policies.map(({ tracking, metric }) =>
      tracking.wanted({ metric: metric(nowMs), tasks, nowMs }),
    );
    const wanted = requested.length > 0 ? Math.max(...requested) : tasks;
    const allowed = this.#allowed(wanted);
    if (allowed === tasks) return;
    this.service.scaleTo(allowed);
    for (const { tracking } of policies) tracking.changed(tasks, allowed, nowMs);
  }
}
