import type { Kernel } from '../kernel.ts';
import { Environment } from './environment.ts';
import { NOT_DOCUMENTED } from './not-documented.ts';
import type { Revision } from './revision.ts';

const IDLE_CHECK_MS = 1_000;

/** Why a request gets no environment. */
export class NoEnvironment extends Error {
  override readonly name = 'NoEnvironment';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A place for one request in an environment. */
export interface Place {
  readonly port: number;
  /** Gives the place back. */
  release(): void;
}

interface Waiter {
  readonly timer: NodeJS.Timeout;
  resolve(place: Place): void;
  reject(error: Error): void;
}

/**
 * The environments of a revision. A request goes to the environment with the fewest requests. When all are full, another one
 * starts, and the request waits for the first free place. Without requests, every environment ends.
 * AWS Lambda Developer Guide, "Web functions: scaling"
 */
export class EnvironmentPool {
  readonly revision: Revision;
  readonly #kernel: Kernel;
  readonly #maxEnvironments: () => number;
  readonly #environments = new Set<Environment>();
  readonly #waiting: Waiter[] = [];
  readonly #idleCheck: NodeJS.Timeout;
  #closed = false;

  /** @param maxEnvironments the limit of the endpoint that sends its requests here */
  constructor(revision: Revision, kernel: Kernel, maxEnvironments: () => number) {
    this.revision = revision;
    this.#kernel = kernel;
    this.#maxEnvironments = maxEnvironments;
    this.#idleCheck = setInterval(() => this.#endIdle(), IDLE_CHECK_MS).unref();
  }

  get environments(): readonly Environment[] {
    return [...this.#environments];
  }

  /**
   * Waits for a place.
   * @throws NoEnvironment when the endpoint has all the environments that it may have and they are full, when none starts, or
   *   when no place becomes free in time
   */
  acquire(): Promise<Place> {
    if (this.#closed) return Promise.reject(new NoEnvironment(503, 'The function is stopping.'));
    const chosen = this.#freest();
    if (chosen) return this.#occupy(chosen);
    const places = this.#running().length * this.revision.maxConcurrency;
    const taken = this.#inFlight() + this.#waiting.length;
    if (taken >= places && !this.#startOne() && this.#isAtLimit()) {
      return Promise.reject(
        new NoEnvironment(NOT_DOCUMENTED.throttledStatus, 'All environments are full.'),
      );
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(new NoEnvironment(504, 'No environment became free in time.'));
      }, NOT_DOCUMENTED.maxWaitMs);
      const waiter: Waiter = { timer, resolve, reject };
      this.#waiting.push(waiter);
    });
  }

  #running(): Environment[] {
    return this.environments.filter(({ isEnding }) => !isEnding);
  }

  #inFlight(): number {
    return this.#running().reduce((sum, { inFlight }) => sum + inFlight, 0);
  }

  /** Whether the endpoint has the environments of its own limit. A laptop may allow fewer; then requests wait. */
  #isAtLimit(): boolean {
    return this.#running().length >= this.#maxEnvironments();
  }

  #freest(): Environment | undefined {
    return this.#running()
      .filter(({ isListening, inFlight }) => isListening && inFlight < this.revision.maxConcurrency)
      .sort((a, b) => a.inFlight - b.inFlight)[0];
  }

  async #occupy(environment: Environment): Promise<Place> {
    environment.inFlight += 1;
    let isHeld = true;
    return {
      port: await environment.listening,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        environment.inFlight -= 1;
        environment.idleSince = Date.now();
        this.#serveWaiting();
      },
    };
  }

  #serveWaiting(): void {
    for (let chosen = this.#freest(); chosen; chosen = this.#freest()) {
      const waiter = this.#waiting.shift();
      if (!waiter) return;
      clearTimeout(waiter.timer);
      this.#occupy(chosen).then(waiter.resolve, waiter.reject);
    }
  }

  /** Starts an environment unless there are as many as allowed. */
  #startOne(): boolean {
    const allowed = Math.min(this.#maxEnvironments(), this.#kernel.sandboxes.maxSandboxes);
    if (this.#running().length >= allowed) return false;
    const environment = new Environment(this.revision, this.#kernel);
    this.#environments.add(environment);
    environment.listening.then(
      () => this.#serveWaiting(),
      (error: Error) => this.#failOne(error),
    );
    void environment.ended.then(() => {
      this.#environments.delete(environment);
      // Its requests are gone, but others may still wait for the place that it would have had.
      if (this.#waiting.length > 0 && !this.#closed && this.#running().length === 0)
        this.#startOne();
    });
    return true;
  }

  /** Fails one request, because the environment that was started for it did not listen. */
  #failOne(error: Error): void {
    const { stack, logicalId: source } = this.revision;
    this.#kernel.log({
      at: Date.now(),
      stack,
      source,
      text: `environment failed: ${error.message}`,
    });
    const waiter = this.#waiting.shift();
    if (!waiter) return;
    clearTimeout(waiter.timer);
    waiter.reject(new NoEnvironment(NOT_DOCUMENTED.neverListenedStatus, error.message));
  }

  #endIdle(): void {
    const now = Date.now();
    const idleTimeoutMs = Math.min(
      NOT_DOCUMENTED.idleTimeoutMs,
      this.#kernel.sandboxes.idleTimeoutMs,
    );
    for (const environment of this.#running()) {
      const { isListening, inFlight, idleSince } = environment;
      if (isListening && inFlight === 0 && now - idleSince > idleTimeoutMs) void environment.stop();
    }
  }

  /** Ends every environment once it has answered its requests. Later requests start new ones with the current artifact. */
  retire(): void {
    for (const environment of this.#running()) {
      environment.isEnding = true;
      const endWhenIdle = setInterval(() => {
        if (environment.inFlight > 0) return;
        clearInterval(endWhenIdle);
        void environment.stop();
      }, 20).unref();
    }
  }

  /** Kills every environment. Returns their number. */
  kill(): number {
    const running = this.environments;
    for (const environment of running) environment.kill();
    return running.length;
  }

  /** Ends every environment: SIGTERM, and a second later SIGKILL. */
  async stop(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#idleCheck);
    for (const waiter of this.#waiting.splice(0)) {
      clearTimeout(waiter.timer);
      waiter.reject(new NoEnvironment(503, 'The function is stopping.'));
    }
    await Promise.all(this.environments.map((environment) => environment.stop()));
  }
}
