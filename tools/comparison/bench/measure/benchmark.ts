import type { Spread } from '../../statistics/quantile.ts';

/** The scale of a measurement. */
export interface Scale {
  readonly rounds: number;
  /** Share of the usual calls per round, from 0 to 1. Default: 1. */
  readonly share?: number;
}

export interface Benchmark {
  /** Name for `--only`. */
  readonly name: string;
  readonly title: string;
  /** Short name of the main subject, if it is part of a shoot-out. */
  readonly subject?: string;
  /** Short description of one measurement. */
  readonly method: string;
  /** The target: the ratio should stay below this. */
  readonly aim: number;
  readonly scale: { readonly full: Scale; readonly quick: Scale };
  run(scale: Scale): Promise<Findings>;
}

/** The results of all rounds of a run. */
export interface Findings {
  /** Ratio of the subject to its baseline, per round. */
  readonly ratio: Spread;
  /** Ratio of the baseline to itself (A/A), which shows the noise of this machine. */
  readonly control: Spread;
  /** Further ratios to the same baseline. */
  readonly alsoOverBaseline?: readonly Labelled[];
  /** Cost of subject and baseline, in `unit`. */
  readonly costs: readonly Labelled[];
  readonly unit: string;
  /** Parts of the subject's extra cost, measured in the same rounds, in multiples of the baseline. */
  readonly rest: readonly Labelled[];
}

export interface Labelled {
  /** Name of a ratio that is part of a shoot-out. */
  readonly name?: string;
  readonly label: string;
  readonly spread: Spread;
}
