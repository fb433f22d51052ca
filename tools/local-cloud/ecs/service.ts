import type { Kernel } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import type { TargetGroup } from '../load-balancer/index.ts';
import { Slot } from './slot.ts';
import type { TaskDefinition } from './task-definition.ts';

export interface ServiceSettings {
  readonly name: string;
  readonly arn: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly definition: TaskDefinition;
  readonly desiredCount: number;
  readonly groups: readonly TargetGroup[];
  readonly graceMs: number;
}

/** Longest time that a replaced task may take to finish its requests and end; ALB's default delay is 5 min. */
const LEAVE_MS = 10 * 60_000;

/** Keeps the wanted number of tasks running. */
export class ContainerService {
  readonly settings: ServiceSettings;
  readonly #kernel: Kernel;
  #slots: readonly Slot[] = [];
  /** Slots that finish their last requests. */
  readonly #leaving = new Set<Slot>();
  #lastRestart: Promise<void> = Promise.resolve();

  constructor(settings: ServiceSettings, kernel: Kernel) {
    this.settings = settings;
    this.#kernel = kernel;
  }

  #log(text: string): void {
    const { stack, logicalId: source } = this.settings;
    this.#kernel.log({ at: Date.now(), stack, source, text });
  }

  #newSlot(): Slot {
    const { definition, groups, graceMs } = this.settings;
    const onLoss = (reason: string) => this.#log(`task ended (${reason}), starting another one`);
    const settings = { definition, groups, graceMs, origin: this.settings, onLoss };
    return new Slot(settings, this.#kernel);
  }

  async #startAll(slots: readonly Slot[]): Promise<void> {
    const { stack, logicalId } = this.settings;
    try {
      await Promise.all(slots.map((slot) => slot.start()));
    } catch (cause) {
      throw new Error(`${stack}/${logicalId} ${(cause as Error).message}`, { cause });
    }
  }

  /** Resolves when all tasks are healthy; throws an Error with the last line a task wrote. */
  async start(): Promise<void> {
    this.#slots = Array.from({ length: this.settings.desiredCount }, () => this.#newSlot());
    await this.#startAll(this.#slots);
  }

  /**
   * Replaces every task: when all new ones are healthy the old ones get no more requests, finish theirs and end.
   * @throws Error when a new one does not start; then the old ones stay
   */
  restart(): Promise<void> {
    const restarted = this.#lastRestart.then(() => this.#replaceAll());
    this.#lastRestart = restarted.catch(() => {});
    return restarted;
  }

  async #replaceAll(): Promise<void> {
    const fresh = this.#slots.map(() => this.#newSlot());
    for (const slot of fresh) this.#leaving.add(slot);
    try {
      await this.#startAll(fresh);
    } catch (error) {
      this.#dismiss(fresh);
      throw error;
    }
    for (const slot of fresh) this.#leaving.delete(slot);
    const [old, wanted] = [this.#slots, this.#slots.length];
    this.#slots = fresh;
    this.#dismiss(old);
    // The number may have changed meanwhile.
    this.scaleTo(wanted);
  }

  get desiredCount(): number {
    return this.#slots.length;
  }

  /** Adds tasks, or lets the youngest finish their requests and end. Does not wait. */
  scaleTo(count: number): void {
    const more = Array.from({ length: Math.max(0, count - this.#slots.length) }, () =>
      this.#newSlot(),
    );
    const fewer = this.#slots.slice(count);
    if (more.length + fewer.length === 0) return;
    this.#log(`scales from ${this.#slots.length} to ${count} tasks`);
    this.#slots = [...this.#slots.slice(0, count), ...more];
    this.#dismiss(fewer);
    this.#startAll(more).catch((error: Error) => this.#log(error.message));
  }

  #dismiss(slots: readonly Slot[]): void {
    for (const slot of slots) {
      this.#leaving.add(slot);
      void slot.stop(LEAVE_MS).finally(() => this.#leaving.delete(slot));
    }
  }

  get #all(): readonly Slot[] {
    return [...new Set([...this.#slots, ...this.#leaving])];
  }

  processes(): RunningProcess[] {
    const { stack, logicalId: source } = this.settings;
    return this.#all.flatMap(({ task }) => {
      if (!task?.pid) return [];
      const { pid, startedAt } = task;
      return [{ stack, source, pid, kind: 'container' as const, startedAt }];
    });
  }

  /** Kills every task; they are started again. */
  kill(): number {
    return this.#all.reduce((count, slot) => count + slot.kill(), 0);
  }

  async stop(graceMs: number): Promise<void> {
    await Promise.all(this.#all.map((slot) => slot.stop(graceMs)));
  }
}
