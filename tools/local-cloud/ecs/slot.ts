import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import type { Kernel } from '../kernel.ts';
import type { Target, TargetGroup, TargetState } from '../load-balancer/index.ts';
import { Task, type TaskOrigin } from './task.ts';
import type { TaskDefinition } from './task-definition.ts';

/** Pause before a task is started again: doubles with each task that did not live long. */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 10_000;
const LONG_LIFE_MS = 10_000;
/** The first task to be healthy must be so within this time. */
const START_TIMEOUT_MS = 60_000;
/** So many lost tasks before the first healthy one, and it is not going to work. */
const MAX_FALSE_STARTS = 5;

/** What one place in a service is told to keep running, and whom it tells. */
export interface SlotSettings {
  readonly definition: TaskDefinition;
  readonly origin: TaskOrigin;
  readonly groups: readonly TargetGroup[];
  /** Time a new task has to pass its first health check. */
  readonly graceMs: number;
  /** A task ended, or was given up, by itself. */
  onLoss(reason: string): void;
}

/**
 * Keeps one task of a service running: starts it again when it ends, replaces it when it is
 * unhealthy.
 */
export class Slot {
  task: Task | undefined;
  /** Last line its present or last task wrote. */
  lastLine = '';
  readonly #settings: SlotSettings;
  readonly #kernel: Kernel;
  readonly #stopping = new AbortController();
  #shortLives = 0;
  #falseStarts = 0;
  #settleStart: ((failure?: string) => void) | undefined;
  #loop: Promise<void> | undefined;
  #hurry: () => void = () => {};
  /** Resolves when there is no more time for requests that are still running. */
  readonly #inHurry = new Promise<void>((resolve) => {
    this.#hurry = resolve;
  });

  constructor(settings: SlotSettings, kernel: Kernel) {
    this.#settings = settings;
    this.#kernel = kernel;
  }

  /**
   * Resolves when a task is healthy. It goes on trying after it has rejected.
   * @throws Error with the reason, and the last line that a task wrote
   */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = `not healthy in ${START_TIMEOUT_MS / 1000} s`;
      const timer = setTimeout(() => this.#settleStart?.(late), START_TIMEOUT_MS);
      this.#settleStart = (failure) => {
        clearTimeout(timer);
        this.#settleStart = undefined;
        const said = this.lastLine ? `its last line: ${this.lastLine}` : 'it wrote nothing';
        if (failure) reject(new Error(`does not start (${failure}); ${said}`));
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
      this.#settings.onLoss(reason);
      this.#falseStarts += 1;
      if (this.#falseStarts >= MAX_FALSE_STARTS) this.#settleStart?.(reason);
      const livedLong = Date.now() - startedAt >= LONG_LIFE_MS;
      this.#shortLives = livedLong ? 0 : this.#shortLives + 1;
      const exponent = Math.max(0, this.#shortLives - 1);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** exponent, MAX_PAUSE_MS);
      const jitteredMs = pauseMs * (0.75 + this.#kernel.random() / 2);
      await sleep(jitteredMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Runs one task until it ends, is found unhealthy, or the slot is stopped; returns why. */
  async #runOnce(): Promise<string> {
    const { definition, origin, groups, graceMs } = this.#settings;
    const port = await freePort();
    if (this.#stopping.signal.aborted) return 'stopped';
    const task = new Task(definition, port, origin, this.#kernel, (text) => {
      this.lastLine = text;
    });
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
      const onState = (state: TargetState): void => {
        if (state === 'healthy') healthy();
        if (state === 'unhealthy') resolve('health checks failed');
      };
      for (const group of groups) {
        targets.push([group, group.register('127.0.0.1', port, onState)]);
      }
      if (groups.length === 0) healthy();
    });
    const reason = await lost;
    const drained = Promise.all(targets.map(([group, target]) => group.deregister(target)));
    await Promise.race([drained, task.ended, this.#inHurry]);
    await task.stop();
    return reason;
  }

  kill(): number {
    if (!this.task) return 0;
    this.task.kill();
    return 1;
  }

  /**
   * Takes the task out of its groups, lets it finish its requests, and ends it within `graceMs`.
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#settleStart?.('stopped');
    const hurry = setTimeout(this.#hurry, graceMs / 2);
    const kill = setTimeout(() => this.kill(), graceMs);
    await this.#loop;
    clearTimeout(hurry);
    clearTimeout(kill);
  }
}
