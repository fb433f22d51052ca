import type { NetworkInterface } from '../network/index.ts';
import { checkOnce, type HealthCheckSettings } from './health-check.ts';

/** A target is `initial` until its first passed health check. `draining` gets no new requests. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly state: TargetState;
  /** The reason why the load balancer does not reach it, found by the last health check. */
  readonly outOfReach?: string | undefined;
  /** The number of in-flight requests. */
  inFlight: number;
}

/** Check interval of initial targets, so that a start does not wait for a whole interval. */
const INITIAL_INTERVAL_MS = 100;
/** Interval at which a drain checks for in-flight requests. */
const DRAIN_CHECK_MS = 20;

/** What a target is registered with. */
export interface TargetOptions {
  /** Called with each new state, and with the reason when the load balancer does not reach it. */
  readonly onState?: (state: TargetState, reason?: string) => void;
  /** Explains why a load balancer does not reach the target, or returns undefined. */
  readonly fault?: (from: NetworkInterface) => string | undefined;
}

class RegisteredTarget implements Target {
  state: TargetState = 'initial';
  inFlight = 0;
  consecutive = 0;
  timer: NodeJS.Timeout | undefined;
  readonly host: string;
  readonly port: number;
  readonly options: TargetOptions;
  outOfReach: string | undefined;

  constructor(host: string, port: number, options: TargetOptions) {
    this.host = host;
    this.port = port;
    this.options = options;
  }
}

/** A target group: checks the health of its targets and selects them round-robin. */
export class TargetGroup {
  readonly arn: string;
  readonly settings: HealthCheckSettings;
  readonly #drainMs: number;
  readonly #targets = new Set<RegisteredTarget>();
  #turn = 0;
  /** The load balancer that calls the targets, if it is in a network. */
  caller: NetworkInterface | undefined;
  /** The total number of requests routed to targets. */
  requests = 0;

  constructor(arn: string, settings: HealthCheckSettings, drainMs: number) {
    this.arn = arn;
    this.settings = settings;
    this.#drainMs = drainMs;
  }

  get targets(): readonly Target[] {
    return [...this.#targets];
  }

  /** Adds a target and starts its health checks. */
  register(host: string, port: number, options: TargetOptions = {}): Target {
    const target = new RegisteredTarget(host, port, options);
    this.#targets.add(target);
    void this.#check(target);
    return target;
  }

  async #check(target: RegisteredTarget): Promise<void> {
    const { caller } = this;
    target.outOfReach = caller && target.options.fault?.(caller);
    const passed = target.outOfReach ? false : await checkOnce(target, this.settings);
    // `deregister` may have changed it during the check.
    if ((target.state as TargetState) === 'draining') return;
    if (target.outOfReach && target.state === 'initial') this.#become(target, 'unhealthy');
    else this.#record(target, passed);
    const pauseMs = target.state === 'initial' ? INITIAL_INTERVAL_MS : this.settings.intervalMs;
    target.timer = setTimeout(() => void this.#check(target), pauseMs).unref();
  }

  #record(target: RegisteredTarget, passed: boolean): void {
    if (target.state === 'initial') {
      if (passed) this.#become(target, 'healthy');
      return;
    }
    const { healthyThreshold, unhealthyThreshold } = this.settings;
    const agrees = passed === (target.state === 'healthy');
    target.consecutive = agrees ? 0 : target.consecutive + 1;
    const threshold = passed ? healthyThreshold : unhealthyThreshold;
    if (target.consecutive >= threshold) this.#become(target, passed ? 'healthy' : 'unhealthy');
  }

  #become(target: RegisteredTarget, state: TargetState): void {
    target.state = state;
    target.consecutive = 0;
    target.options.onState?.(state, target.outOfReach);
  }

  /** Returns the next healthy target. Fails open like ALB: if none is healthy, an unhealthy one. */
  next(): Target | undefined {
    const all = [...this.#targets];
    const healthy = all.filter(({ state }) => state === 'healthy');
    const usable = healthy.length > 0 ? healthy : all.filter(({ state }) => state === 'unhealthy');
    this.#turn = (this.#turn + 1) % 1_000_000;
    if (usable.length > 0) this.requests += 1;
    return usable[this.#turn % usable.length];
  }

  /**
   * Removes a target. Resolves when its in-flight requests are done or the deregistration delay
   * expires.
   */
  async deregister(target: Target): Promise<void> {
    const registered = target as RegisteredTarget;
    if (!this.#targets.delete(registered)) return;
    this.#become(registered, 'draining');
    clearTimeout(registered.timer);
    const deadline = Date.now() + this.#drainMs;
    while (registered.inFlight > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS));
    }
  }

  close(): void {
    for (const target of this.#targets) {
      clearTimeout(target.timer);
      target.state = 'draining';
    }
    this.#targets.clear();
  }
}
