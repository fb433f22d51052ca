import { checkOnce, type HealthCheckSettings } from './health-check.ts';

/** A target is `initial` until its first passed health check. `draining` gets no new requests. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly state: TargetState;
  /** The number of in-flight requests. */
  inFlight: number;
}

/** Check interval of initial targets, so that a start does not wait for a whole interval. */
const INITIAL_INTERVAL_MS = 100;
/** Interval at which a drain checks for in-flight requests. */
const DRAIN_CHECK_MS = 20;

class RegisteredTarget implements Target {
  state: TargetState = 'initial';
  inFlight = 0;
  consecutive = 0;
  timer: NodeJS.Timeout | undefined;
  readonly host: string;
  readonly port: number;
  readonly onState: (state: TargetState) => void;

  constructor(host: string, port: number, onState: (state: TargetState) => void) {
    this.host = host;
    this.port = port;
    this.onState = onState;
  }
}

/** A target group: checks the health of its targets and selects them round-robin. */
export class TargetGroup {
  readonly arn: string;
  readonly settings: HealthCheckSettings;
  readonly #drainMs: number;
  readonly #targets = new Set<RegisteredTarget>();
  #turn = 0;
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
  register(host: string, port: number, onState: (state: TargetState) => void = () => {}): Target {
    const target = new RegisteredTarget(host, port, onState);
    this.#targets.add(target);
    void this.#check(target);
    return target;
  }

  async #check(target: RegisteredTarget): Promise<void> {
    const passed = await checkOnce(target, this.settings);
    if (target.state === 'draining') return;
    this.#record(target, passed);
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
    target.onState(state);
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
