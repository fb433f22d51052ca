import { setTimeout as sleep } from 'node:timers/promises';
import type { Kernel } from '../kernel.ts';
import type {
  EndpointDefinition,
  RevisionDefinition,
  WebFunctionDefinition,
} from './definitions.ts';
import { Environment } from './environment.ts';
import { idleTimeoutMs, type WebFunctionAssumptions } from './not-documented.ts';
import { NoPlace, type Place } from './place.ts';

const IDLE_CHECK_MS = 1000;

interface Waiter {
  revision: RevisionDefinition;
  readonly timer: NodeJS.Timeout;
  resolve(place: Place): void;
  reject(error: NoPlace): void;
}

export interface PoolSettings {
  readonly owner: WebFunctionDefinition;
  readonly endpoint: Pick<EndpointDefinition, 'maxEnvironments'>;
  readonly assumptions: WebFunctionAssumptions;
}

/** The environments of one endpoint: gives each request a place, adds environments under load, removes idle ones. */
export class EnvironmentPool {
  readonly #settings: PoolSettings;
  readonly #kernel: Kernel;
  readonly #environments = new Set<Environment>();
  readonly #waiting: Waiter[] = [];
  readonly #idleCheck: NodeJS.Timeout;
  #isClosed = false;

  constructor(settings: PoolSettings, kernel: Kernel) {
    this.#settings = settings;
    this.#kernel = kernel;
    this.#idleCheck = setInterval(() => this.#endIdle(), IDLE_CHECK_MS).unref();
  }

  /** All environments whose processes have not ended. */
  get environments(): readonly Environment[] {
    return [...this.#environments];
  }

  /** Number of requests that wait for a place. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Returns a place in an environment of a revision, and waits for it if all are full.
   * @throws NoPlace `throttled` when the environments are at their maximum and full, or when no place becomes free in
   * time; `start failed` when the server does not start; `stopping`
   */
  acquire(revision: RevisionDefinition): Promise<Place> {
    if (this.#isClosed) return Promise.reject(new NoPlace('stopping', 'The endpoint is stopping'));
    const free = this.#freest(revision);
    if (free) {
      const place = this.#take(free);
      this.#keepHeadroom(revision);
      return Promise.resolve(place);
    }
    const { maxQueued, maxQueueMs } = this.#settings.assumptions;
    if (this.#isFull(revision) || this.#waiting.length >= maxQueued) {
      return Promise.reject(new NoPlace('throttled', 'All environments are full'));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#remove(waiter);
        reject(new NoPlace('throttled', `No place became free in ${maxQueueMs / 1000} s`));
      }, maxQueueMs);
      const waiter: Waiter = { revision, timer, resolve, reject };
      this.#waiting.push(waiter);
      this.#scaleOut(revision);
    });
  }

  /** The ready environment with the fewest requests. Of equals the last one used, so that the others become idle. */
  #freest(revision: RevisionDefinition): Environment | undefined {
    let best: Environment | undefined;
    for (const one of this.#serving(revision)) {
      if (one.state !== 'ready' || one.inFlight >= revision.maxConcurrency) continue;
      const isBetter =
        best === undefined ||
        one.inFlight < best.inFlight ||
        (one.inFlight === best.inFlight && one.idleSince > best.idleSince);
      if (isBetter) best = one;
    }
    return best;
  }

  /** The environments that take requests of a revision now or once they have started. */
  #serving(revision: RevisionDefinition): Environment[] {
    return this.environments.filter(
      (one) =>
        one.revision === revision &&
        !one.retired &&
        (one.state === 'ready' || one.state === 'starting'),
    );
  }

  #take(environment: Environment): Place {
    const isCold = environment.served === 0;
    environment.served += 1;
    environment.inFlight += 1;
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      environment.inFlight -= 1;
      if (environment.inFlight === 0) environment.idleSince = Date.now();
      if (environment.retired && environment.inFlight === 0) void environment.stop();
      this.#dispatch();
    };
    return { environment, isCold, release };
  }

  /** Whether the environments are at `MaxEnvironments`, and requests occupy or wait for all of their places. */
  #isFull(revision: RevisionDefinition): boolean {
    const { maxEnvironments } = this.#settings.endpoint;
    if (maxEnvironments === undefined) return false;
    const serving = this.#serving(revision);
    // During an update, the environments of two revisions together may exceed the maximum.
    if (serving.length < maxEnvironments) return false;
    const places = serving.reduce((sum, one) => sum + revision.maxConcurrency - one.inFlight, 0);
    return this.#waitersOf(revision).length >= places;
  }

  #waitersOf(revision: RevisionDefinition): Waiter[] {
    return this.#waiting.filter((waiter) => waiter.revision === revision);
  }

  /** Starts as many environments as the waiting requests need. */
  #scaleOut(revision: RevisionDefinition): void {
    const starting = this.#serving(revision).filter(({ state }) => state === 'starting').length;
    const wanted = Math.ceil(this.#waitersOf(revision).length / revision.maxConcurrency);
    for (let count = starting; count < wanted && this.#mayStart(revision); count += 1) {
      this.#startOne(revision);
    }
  }

  /** Starts one more environment before the last place is taken. */
  #keepHeadroom(revision: RevisionDefinition): void {
    const serving = this.#serving(revision);
    if (serving.some(({ state }) => state === 'starting')) return;
    const used = serving.reduce((sum, { inFlight }) => sum + inFlight, 0);
    const { scaleOutShare } = this.#settings.assumptions;
    const isNear = used >= serving.length * revision.maxConcurrency * scaleOutShare;
    if (isNear && this.#mayStart(revision)) this.#startOne(revision);
  }

  #mayStart(revision: RevisionDefinition): boolean {
    const { maxEnvironments = Number.POSITIVE_INFINITY } = this.#settings.endpoint;
    const limit = Math.min(maxEnvironments, this.#kernel.sandboxes.maxSandboxes);
    return !this.#isClosed && this.#serving(revision).length < limit;
  }

  #startOne(revision: RevisionDefinition): void {
    const environment = new Environment(revision, this.#settings.owner, this.#kernel, {
      ready: () => this.#dispatch(),
      ended: (ended, failure) => {
        this.#environments.delete(ended);
        if (failure !== undefined) this.#failWaiters(revision, failure);
        if (!this.#isClosed) this.#dispatch();
      },
    });
    this.#environments.add(environment);
  }

  /** Fails the requests that only the failed environment could have served. */
  #failWaiters(revision: RevisionDefinition, failure: string): void {
    if (this.#serving(revision).length > 0) return;
    for (const waiter of this.#waitersOf(revision)) {
      this.#remove(waiter);
      waiter.reject(new NoPlace('start failed', `The server does not start: ${failure}`));
    }
  }

  #dispatch(): void {
    for (const waiter of [...this.#waiting]) {
      const free = this.#freest(waiter.revision);
      if (!free) {
        this.#scaleOut(waiter.revision);
        continue;
      }
      this.#remove(waiter);
      waiter.resolve(this.#take(free));
    }
  }

  #remove(waiter: Waiter): void {
    clearTimeout(waiter.timer);
    this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
  }

  #endIdle(): void {
    const endBefore = Date.now() - idleTimeoutMs(this.#kernel);
    for (const one of this.#environments) {
      if (one.state === 'ready' && one.inFlight === 0 && one.idleSince < endBefore) void one.stop();
    }
  }

  /** Lets the environments of an outdated revision finish their requests and stop. Waiting requests move to the new one. */
  replace(outdated: RevisionDefinition, revision: RevisionDefinition): void {
    for (const one of this.#environments) {
      if (one.revision !== outdated) continue;
      one.retired = true;
      if (one.inFlight === 0) void one.stop();
    }
    for (const waiter of this.#waitersOf(outdated)) waiter.revision = revision;
    this.#dispatch();
  }

  /** Kills every process. Returns their number. */
  kill(): number {
    const running = this.environments;
    for (const one of running) one.kill();
    return running.length;
  }

  /** Lets requests finish within `graceMs`, then stops every environment. */
  async stop(graceMs: number): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#idleCheck);
    for (const waiter of [...this.#waiting]) {
      this.#remove(waiter);
      waiter.reject(new NoPlace('stopping', 'The endpoint is stopping'));
    }
    const deadline = Date.now() + graceMs;
    const isBusy = () => this.environments.some(({ inFlight }) => inFlight > 0);
    while (isBusy() && Date.now() < deadline) await sleep(20);
    await Promise.all(this.environments.map((one) => one.stop()));
  }
}
