import { checkOnce, type HealthCheckSettings } from './health-check.ts';

/** `initial` until its first passed check; `draining` takes no new requests. */
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly state: TargetState;
  /** Requests it is answering at present. */
  inFlight: number;
}

/** New targets are asked this often, so that a start does not wait for a whole interval. */
const FIRST_CHECKS_MS = 100;
/** How often draining looks whether requests are still running. */
const DRAIN_CHECK_MS = 20;

class RegisteredTarget implements Target {
  state: TargetState = 'initial';
  inFlight = 0;
  inARow = 0;
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

/** Targets of a load balancer, with their health, handed out in turn. */
export class TargetGroup {
  readonly arn: string;
  readonly settings: HealthCheckSettings;
  readonly #drainMs: number;
  readonly #targets = new Set<RegisteredTarget>();
  #turn = 0;
  /** Requests handed to targets so far. */
  requests = 0;

  constructor(arn: string, settings: HealthCheckSettings, drainMs: number) {
    this.arn = arn;
    this.settings = settings;
    this.#drainMs = drainMs;
  }

  get targets(): readonly Target[] {
    return [...this.#targets];
  }

  /** Adds a target and begins to check it. */
  register(host: string, port: number, onState: (state: TargetState) => void = () => {}): Target {
    const target = new RegisteredTarget(host, port, onState);
    this.#targets.add(target);
    void this.#check(target);
    return target;
  }

  async #check(target: RegisteredTarget): Promise<void> {
    const passed = await checkOnce(target, this.settings);
    if (target.state === 'draining') return;
    this.#note(target, passed);
    const pauseMs = target.state === 'initial' ? FIRST_CHECKS_MS : this.settings.intervalMs;
    target.timer = setTimeout(() => void this.#check(target), pauseMs).unref();
  }

  #note(target: RegisteredTarget, passed: boolean): void {
    if (target.state === 'initial') {
      if (passed) this.#become(target, 'healthy');
      return;
    }
    const { healthyThreshold, unhealthyThreshold } = this.settings;
    const agrees = passed === (target.state === 'healthy');
    target.inARow = agrees ? 0 : target.inARow + 1;
    const threshold = passed ? healthyThreshold : unhealthyThreshold;
    if (target.inARow >= threshold) this.#become(target, passed ? 'healthy' : 'unhealthy');
  }

  #become(target: RegisteredTarget, state: TargetState): void {
    target.state = state;
    target.inARow = 0;
    target.onState(state);
  }

  /** The next healthy target; when all have become unhealthy any of them, as ALB fails open. */
  next(): Target | undefined {
    const all = [...this.#targets];
    const healthy = all.filter(({ state }) => state === 'healthy');
    const usable = healthy.length > 0 ? healthy : all.filter(({ state }) => state === 'unhealthy');
    this.#turn = (this.#turn + 1) % 1_000_000;
    if (usable.length > 0) this.requests += 1;
    return usable[this.#turn % usable.length];
  }

  /**
   * Takes a target out at once, and resolves when its requests are done or the deregistration delay
   * is over.
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
