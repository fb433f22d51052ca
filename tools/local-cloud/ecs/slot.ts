import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import type { Kernel } from '../kernel.ts';
import type { Target, TargetGroup, TargetState } from '../load-balancer/index.ts';
import type { NetworkInterface } from '../network/index.ts';
import { Task, type TaskOrigin } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';
import type { TaskNetwork } from './task-network.ts';

/** First and longest pause before a restart. The pause doubles with each consecutive short run. */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 10_000;
/** A task that runs this long resets the pause. */
const LONG_RUN_MS = 10_000;
/** A slot must have its first healthy task within this time. */
const START_TIMEOUT_MS = 60_000;

/** What a slot runs, and where it reports lost tasks. */
export interface SlotSettings {
  readonly definition: TaskDefinition;
  readonly origin: TaskOrigin;
  readonly groups: readonly TargetGroup[];
  /** Absent: the tasks reach everything, and everything reaches them. */
  readonly network?: TaskNetwork | undefined;
  /** Time a new task has to pass its first health check. */
  readonly graceMs: number;
  /** Called when a task ends unexpectedly or fails its health checks. */
  onTaskEnd(reason: string): void;
  /** Counts a task that was lost before the slot was healthy. Returns whether the start fails now. */
  isHopeless(): boolean;
}

/** Keeps one task of a service running: restarts it when it ends, replaces it when unhealthy. */
export class Slot {
  task: Task | undefined;
  /** Last output line of the current or previous task. */
  lastLine = '';
  readonly #settings: SlotSettings;
  readonly #kernel: Kernel;
  readonly #stopping = new AbortController();
  #shortRuns = 0;
  #settleStart: ((failure?: string) => void) | undefined;
  #loop: Promise<void> | undefined;
  #endDrain: () => void = () => {};
  /** Resolves when the time for in-flight requests has expired. */
  readonly #drainExpired = new Promise<void>((resolve) => {
    this.#endDrain = resolve;
  });

  constructor(settings: SlotSettings, kernel: Kernel) {
    this.#settings = settings;
    this.#kernel = kernel;
  }

  /**
   * Resolves when a task is healthy. The slot keeps restarting tasks after a rejection.
   * @throws Error with the reason and the last output line
   */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = `not healthy in ${START_TIMEOUT_MS / 1000} s`;
      const timer = setTimeout(() => this.#settleStart?.(late), START_TIMEOUT_MS);
      this.#settleStart = (failure) => {
        clearTimeout(timer);
        this.#settleStart = undefined;
        const output = this.lastLine ? `its last line: ${this.lastLine}` : 'it wrote nothing';
        if (failure) reject(new Error(`does not start (${failure}); ${output}`));
        else resolve();
      };
      this.#loop ??= this.#keepRunning();
    });
  }

  async #keepRunning(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const startedAt = Date.now();
      const reason = await this.#runOnce().catch((error: Error) => error.message);
      this.task = undefined;
      if (signal.aborted) return;
      this.#settings.onTaskEnd(reason);
      if (this.#settleStart && this.#settings.isHopeless()) this.#settleStart(reason);
      const ranLong = Date.now() - startedAt >= LONG_RUN_MS;
      this.#shortRuns = ranLong ? 0 : this.#shortRuns + 1;
      const exponent = Math.max(0, this.#shortRuns - 1);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** exponent, MAX_PAUSE_MS);
      const jitteredMs = pauseMs * (0.75 + this.#kernel.random() / 2);
      await sleep(jitteredMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Runs one task until it ends, becomes unhealthy, or the slot stops. Returns the reason. */
  async #runOnce(): Promise<string> {
    const { definition, origin, groups, graceMs, network } = this.#settings;
    const port = await freePort();
    if (this.#stopping.signal.aborted) return 'stopped';
    const onLine = (text: string): void => {
      this.lastLine = text;
    };
    const task = new Task(definition, port, origin, this.#kernel, onLine, network);
    const leave = network?.listen(port);
    this.task = task;
    const { signal } = this.#stopping;
    const targets: (readonly [TargetGroup, Target])[] = [];
    const lost = new Promise<string>((resolve) => {
      task.ended.then(resolve);
      signal.addEventListener('abort', () => resolve('stopped'), { once: true });
      const late = setTimeout(() => resolve(`not healthy in ${graceMs / 1000} s`), graceMs);
      const healthy = (): void => {
        clearTimeout(late);
        this.#settleStart?.();
      };
      task.ended.finally(() => clearTimeout(late));
      const onState = (state: TargetState, why?: string): void => {
        if (state === 'healthy') healthy();
        if (state === 'unhealthy')
          resolve(['health checks failed', why].filter(Boolean).join(': '));
      };
      const fault = (from: NetworkInterface) => network?.targetFault(from);
      for (const group of groups) {
        targets.push([group, group.register('127.0.0.1', port, { onState, fault })]);
      }
      if (groups.length === 0) healthy();
    });
    const reason = await lost;
    const drained = Promise.all(targets.map(([group, target]) => group.deregister(target)));
    await Promise.race([drained, task.ended, this.#drainExpired]);
    await task.stop();
    leave?.();
    return reason;
  }

  /** Kills the task. Returns the number of killed tasks. */
  kill(): number {
    if (!this.task) return 0;
    this.task.kill();
    return 1;
  }

  /** Deregisters the task, lets in-flight requests finish, and ends it within `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#settleStart?.('stopped');
    const endDrain = setTimeout(this.#endDrain, graceMs / 2);
    const kill = setTimeout(() => this.kill(), graceMs);
    await this.#loop;
    clearTimeout(endDrain);
    clearTimeout(kill);
  }
}
