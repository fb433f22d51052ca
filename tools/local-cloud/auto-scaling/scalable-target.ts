import type { ContainerService } from '../ecs/index.ts';
import type { Metric } from './metrics.ts';
import type { TargetTracking } from './target-tracking.ts';

interface Policy {
  readonly tracking: TargetTracking;
  readonly metric: Metric;
}

/** A service whose number of tasks follows its policies, within bounds. */
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

  /** Returns what removes it. */
  add(policy: Policy): () => void {
    this.#policies.add(policy);
    return () => void this.#policies.delete(policy);
  }

  /** Looks at the metrics every `intervalMs` from now on; never when that is 0. */
  start(intervalMs: number): void {
    if (intervalMs <= 0) return;
    this.#timer = setInterval(() => this.look(Date.now()), intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Any policy may add tasks; they go when all policies agree. */
  look(nowMs: number): void {
    const tasks = this.service.desiredCount;
    const policies = [...this.#policies];
    const wishes = policies.map(({ tracking, metric }) =>
      tracking.wanted({ metric: metric(nowMs), tasks, nowMs }),
    );
    const wanted = wishes.length > 0 ? Math.max(...wishes) : tasks;
    const allowed = Math.min(Math.max(wanted, this.#minimum), this.#maximum);
    if (allowed === tasks) return;
    this.service.scaleTo(allowed);
    for (const { tracking } of policies) tracking.changed(tasks, allowed, nowMs);
  }
}
