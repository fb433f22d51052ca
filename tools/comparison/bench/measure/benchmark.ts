import type { Spread } from '../../statistics/quantile.ts';

/** How much to measure. */
export interface Scale {
  readonly rounds: number;
  /** Of the usual calls in a round, from 0 to 1; all of them unless told. */
  readonly share?: number;
}

export interface Benchmark {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** Short name of what the ratio is of, where it is one of several in a shoot-out. */
  readonly subject?: string;
  /** What one measurement is, in a few words. */
  readonly method: string;
  /** The ratio we want to stay below. */
  readonly aim: number;
  readonly scale: { readonly full: Scale; readonly quick: Scale };
  run(scale: Scale): Promise<Findings>;
}

/** What the rounds of one run have shown. */
export interface Findings {
  /** The subject over its baseline, round by round. */
  readonly ratio: Spread;
  /** The baseline over itself: what this machine's noise alone makes of two equal things. */
  readonly control: Spread;
  /** Further ratios over the same baseline, and what each one is. */
  readonly alsoOverBaseline?: readonly Labelled[];
  /** What subject and baseline cost, in `unit`. */
  readonly costs: readonly Labelled[];
  readonly unit: string;
  /** What the subject does beyond the baseline, each measured in the same rounds, in multiples of the baseline. */
  readonly rest: readonly Labelled[];
}

export interface Labelled {
  /** What others find it by; those of a shoot-out have one. */
  readonly name?: string;
  readonly label: string;
  readonly spread: Spread;
}
