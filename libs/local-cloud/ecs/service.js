import { Slot } from './slot.ts';

/** A service must have all its tasks healthy within this time. */
const START_TIMEOUT_MS = 60000;
/** So many lost tasks before the first healthy one, and it is not going to work. */
const MAX_FALSE_STARTS = 5;
/** Keeps the wanted number of tasks running. */
export class ContainerService {
  settings;
  #kernel;
  #slots;
  #healthySlots = new Set();
  #falseStarts = 0;
  #lastLine = '';
  #settleStart;
  constructor(settings, kernel) {
    this.settings = settings;
    this.#kernel = kernel;
    const { definition, groups, graceMs, desiredCount } = settings;
    this.#slots = Array.from({ length: desiredCount }, (_, index) => {
      const slot = new Slot(
        {
          definition,
          groups,
          graceMs,
          origin: settings,
          onHealthy: () => this.#onHealthy(index),
          onLoss: (reason) => this.#onLoss(reason, slot),
        },
        kernel,
      );
      return slot;
    });
  }
  #log(text) {
    const { stack, logicalId: source } = this.settings;
    this.#kernel.log({ at: Date.now(), stack, source, text });
  }
  #onHealthy(index) {
    this.#healthySlots.add(index);
    if (this.#healthySlots.size === this.#slots.length) this.#settleStart?.();
  }
  #onLoss(reason, slot) {
    this.#lastLine = slot.lastLine;
    this.#log(`task ended (${reason}), starting another one`);
    this.#falseStarts += 1;
    if (this.#falseStarts >= MAX_FALSE_STARTS) this.#settleStart?.(this.#fault(reason));
  }
  #fault(reason) {
    const { stack, logicalId } = this.settings;
    const line = this.#lastLine || this.#slots.map((slot) => slot.lastLine).find(Boolean);
    const said = line ? `its last line: ${line}` : 'it wrote nothing';
    return new Error(`${stack}/${logicalId} does not start (${reason}); ${said}`);
  }
  /** Resolves when all tasks are healthy; throws an Error with the last line a task wrote. */
  async start() {
    for (const slot of this.#slots) slot.start();
    if (this.#slots.length === 0) return;
    await new Promise((resolve, reject) => {
      const late = `not healthy in ${START_TIMEOUT_MS / 1000} s`;
      const timer = setTimeout(() => this.#settleStart?.(this.#fault(late)), START_TIMEOUT_MS);
      this.#settleStart = (fault) => {
        clearTimeout(timer);
        this.#settleStart = undefined;
        if (fault) reject(fault);
        else resolve();
      };
    });
  }
  processes() {
    const { stack, logicalId: source } = this.settings;
    return this.#slots.flatMap(({ task }) => {
      if (!task?.pid) return [];
      const { pid, startedAt } = task;
      return [{ stack, source, pid, kind: 'container', startedAt }];
    });
  }
  /** Kills every task; they are started again. */
  kill() {
    return this.#slots.reduce((count, slot) => count + slot.kill(), 0);
  }
  async stop(graceMs) {
    this.#settleStart?.(this.#fault('stopped'));
    await Promise.all(this.#slots.map((slot) => slot.stop(graceMs)));
  }
}
