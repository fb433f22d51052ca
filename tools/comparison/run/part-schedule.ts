import type { ComparePart, PartContext } from './part.ts';

/** The time that a part gets, in milliseconds. */
export interface PartTime {
  readonly budgetMs: number;
  /** The part is aborted after this time. */
  readonly limitMs: number;
}

type Mode = PartContext['mode'];

/** With this share of its budget, a part still measures everything, only with fewer samples. */
const WHOLE_SHARE = 0.8;
/** A part that adapts its samples to its budget may exceed it a little, by its last sample. */
const TOLERANCE = 1.15;
const TOLERANCE_MS = 1_000;
/** An essential part runs to its end on any machine. This limit only ends a part that hangs. */
const ESSENTIAL_LIMIT = { quick: 8, full: 2 } as const;

/**
 * Decides whether a part runs and for how long. Essential parts always run. Another part is left out if the
 * remaining time is too short to measure all of it on this machine.
 */
export class PartSchedule {
  readonly #mode: Mode;
  readonly #deadline: number;
  #tookMs = 0;
  #budgetedMs = 0;

  /** @param deadline on the clock of `now` */
  constructor(mode: Mode, deadline: number) {
    this.#mode = mode;
    this.#deadline = deadline;
  }

  /** The time that the parts so far took, divided by their budgets; at least 1. */
  get slowness(): number {
    return this.#budgetedMs === 0 ? 1 : Math.max(1, this.#tookMs / this.#budgetedMs);
  }

  /** @returns the part's time, or the reason to leave it out */
  timeFor(part: ComparePart, now: number): PartTime | { readonly why: string } {
    const budgetMs = part.budget[this.#mode] * 1000;
    if (part.essential) return { budgetMs, limitMs: budgetMs * ESSENTIAL_LIMIT[this.#mode] };
    const neededMs = budgetMs * this.slowness;
    const leftMs = Math.max(0, this.#deadline - now);
    if (leftMs < neededMs * WHOLE_SHARE) {
      const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
      return {
        why: `it takes about ${seconds(neededMs)} on this machine, and only ${seconds(leftMs)} were left`,
      };
    }
    const ownMs = Math.min(neededMs, leftMs);
    return { budgetMs: ownMs, limitMs: ownMs * TOLERANCE + TOLERANCE_MS };
  }

  /** Records how long a part took. */
  ran(part: ComparePart, tookMs: number): void {
    this.#tookMs += tookMs;
    this.#budgetedMs += part.budget[this.#mode] * 1000;
  }
}
