import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { Task } from './task.ts';

/** Pause before a task is started again: doubles with each task that did not live long. */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 10000;
const LONG_LIFE_MS = 10000;
/** Keeps one task of a service running: starts it again when it ends, replaces it when it is unhealthy. */
export class Slot {
  task;
  /** Last line its present or last task wrote. */
  lastLine = '';
  #settings;
  #kernel;
  #stopping = new AbortController();
  #shortLives = 0;
  #loop;
  #stopGraceMs = 0;
  constructor(settings, kernel) {
    this.#settings = settings;
    this.#kernel = kernel;
  }
  start() {
    this.#loop ??= this.#keepRunning();
  }
  async #keepRunning() {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const startedAt = Date.now();
      const reason = await this.#runOnce().catch((error) => error.message);
      this.task = undefined;
      if (signal.aborted) return;
      this.#settings.onLoss(reason);
      const livedLong = Date.now() - startedAt >= LONG_LIFE_MS;
      this.#shortLives = livedLong ? 0 : this.#shortLives + 1;
      const exponent = Math.max(0, this.#shortLives - 1);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** exponent, MAX_PAUSE_MS);
      const jitteredMs = pauseMs * (0.75 + this.#kernel.random() / 2);
      await sleep(jitteredMs, undefined, { signal }).catch(() => {});
    }
  }
  /** Runs one task until it ends, is found unhealthy, or the slot is stopped; returns why. */
  async #runOnce() {
    const { definition, origin, groups, graceMs } = this.#settings;
    const port = await freePort();
    if (this.#stopping.signal.aborted) return 'stopped';
    const task = new Task(definition, port, origin, this.#kernel, (text) => {
      this.lastLine = text;
    });
    this.task = task;
    const { signal } = this.#stopping;
    const targets = [];
    const lost = new Promise((resolve) => {
      task.ended.then(resolve);
      signal.addEventListener('abort', () => resolve('stopped'), { once: true });
      const late = setTimeout(() => resolve(`not healthy in ${graceMs / 1000} s`), graceMs);
      const healthy = () => {
        clearTimeout(late);
        this.#settings.onHealthy();
      };
      task.ended.finally(() => clearTimeout(late));
      const onState = (state) => {
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
    await Promise.race([drained, task.ended, sleep(this.#graceMs, undefined, { ref: false })]);
    await task.stop(this.#graceMs);
    return reason;
  }
  get #graceMs() {
    return this.#stopping.signal.aborted ? this.#stopGraceMs : 2 ** 31 - 1;
  }
  kill() {
    if (!this.task) return 0;
    this.task.kill();
    return 1;
  }
  /** Takes the task out of its groups and ends it within about `graceMs`. */
  async stop(graceMs) {
    this.#stopGraceMs = graceMs / 2;
    this.#stopping.abort();
    await this.#loop;
  }
}
