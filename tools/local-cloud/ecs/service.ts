import type { Kernel } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import type { TargetGroup } from '../load-balancer/index.ts';
import { type DeploymentSettings, failureLimit } from './deployment-settings.ts';
import { Slot } from './slot.ts';
import type { TaskDefinition } from './task-definition.ts';
import type { TaskNetwork } from './task-network.ts';

/** The settings of a container service. */
export interface ServiceSettings {
  readonly name: string;
  readonly arn: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly definition: TaskDefinition;
  /** Number of tasks until a scalable target changes it. */
  readonly desiredCount: number;
  readonly groups: readonly TargetGroup[];
  readonly network?: TaskNetwork | undefined;
  /** Time a new task has to pass its first health check. */
  readonly graceMs: number;
  readonly deployment: DeploymentSettings;
}

/** Longest drain of a replaced task. The default deregistration delay of an ALB is 5 min. */
const MAX_DRAIN_MS = 10 * 60_000;

/** A service that keeps its desired number of tasks running. */
export class ContainerService {
  readonly settings: ServiceSettings;
  readonly #kernel: Kernel;
  #slots: readonly Slot[];
  #isStarted = false;
  /** Slots that are draining, or starting as replacements. */
  readonly #transitional = new Set<Slot>();
  #lastRestart: Promise<void> = Promise.resolve();

  constructor(settings: ServiceSettings, kernel: Kernel) {
    this.settings = settings;
    this.#kernel = kernel;
    this.#slots = this.#newSlots(settings.desiredCount);
  }

  #log(text: string): void {
    const { stack, logicalId: source } = this.settings;
    this.#kernel.log({ at: Date.now(), stack, source, text });
  }

  /** Creates the slots of a deployment. Together they may lose as many tasks as its circuit breaker allows. */
  #newSlots(count: number): readonly Slot[] {
    const { definition, groups, graceMs, deployment, network } = this.settings;
    const limit = failureLimit(deployment, count);
    let failed = 0;
    const isHopeless = () => {
      failed += 1;
      return failed >= limit;
    };
    const onTaskEnd = (reason: string) => this.#log(`task ended (${reason}), starting another one`);
    const settings = {
      ...{ definition, groups, graceMs, network, onTaskEnd, isHopeless },
      origin: this.settings,
    };
    return Array.from({ length: Math.max(0, count) }, () => new Slot(settings, this.#kernel));
  }

  async #startAll(slots: readonly Slot[]): Promise<void> {
    const { stack, logicalId } = this.settings;
    try {
      await Promise.all(slots.map((slot) => slot.start()));
    } catch (cause) {
      throw new Error(`${stack}/${logicalId} ${(cause as Error).message}`, { cause });
    }
  }

  /**
   * Starts the service. Resolves when all tasks are healthy.
   * @throws Error with the reason why its network does not let a task start, or with the last output
   * line of a task that does not start
   */
  async start(): Promise<void> {
    const { stack, logicalId, definition, network } = this.settings;
    const fault = network?.startFault(definition);
    if (fault) throw new Error(`${stack}/${logicalId} cannot start its tasks: ${fault}`);
    await network?.open();
    this.#isStarted = true;
    await this.#startAll(this.#slots);
  }

  /**
   * Replaces every task, as a rolling update does: when all new tasks are healthy, the old ones drain and end.
   * @throws Error when the circuit breaker opens or a new task does not start. The old tasks then stay
   */
  restart(): Promise<void> {
    const restarted = this.#lastRestart.then(() => this.#replaceAll());
    this.#lastRestart = restarted.catch(() => {});
    return restarted;
  }

  async #replaceAll(): Promise<void> {
    const fresh = this.#newSlots(this.#slots.length);
    for (const slot of fresh) this.#transitional.add(slot);
    try {
      await this.#startAll(fresh);
    } catch (error) {
      this.#drain(fresh);
      throw error;
    }
    for (const slot of fresh) this.#transitional.delete(slot);
    const [old, wanted] = [this.#slots, this.#slots.length];
    this.#slots = fresh;
    this.#drain(old);
    // Auto scaling may have changed the number in the meantime.
    this.scaleTo(wanted);
  }

  get desiredCount(): number {
    return this.#slots.length;
  }

  /**
   * Adds tasks, or drains and ends the newest ones. Does not wait. Before the start, it only changes
   * the number of tasks that start.
   */
  scaleTo(count: number): void {
    const more = this.#newSlots(count - this.#slots.length);
    const fewer = this.#slots.slice(count);
    if (more.length + fewer.length === 0) return;
    this.#log(`scales from ${this.#slots.length} to ${count} tasks`);
    this.#slots = [...this.#slots.slice(0, count), ...more];
    if (!this.#isStarted) return;
    this.#drain(fewer);
    this.#startAll(more).catch((error: Error) => this.#log(error.message));
  }

  #drain(slots: readonly Slot[]): void {
    for (const slot of slots) {
      this.#transitional.add(slot);
      void slot.stop(MAX_DRAIN_MS).finally(() => this.#transitional.delete(slot));
    }
  }

  get #all(): readonly Slot[] {
    return [...new Set([...this.#slots, ...this.#transitional])];
  }

  processes(): RunningProcess[] {
    const { stack, logicalId: source } = this.settings;
    return this.#all.flatMap(({ task }) => {
      if (!task?.pid) return [];
      const { pid, startedAt, logGroup } = task;
      const log = logGroup === undefined ? {} : { logGroup };
      return [{ stack, source, pid, kind: 'container' as const, startedAt, ...log }];
    });
  }

  /** Kills every task. Its slot restarts it. Returns the number of killed tasks. */
  kill(): number {
    return this.#all.reduce((count, slot) => count + slot.kill(), 0);
  }

  /** Drains and ends every task within `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    await Promise.all(this.#all.map((slot) => slot.stop(graceMs)));
    await this.settings.network?.close();
  }
}
