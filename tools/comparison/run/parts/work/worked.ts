import type { StepWork } from './worked-target.ts';

/** The measured rounds of a target, and what the figures are computed with. */
export interface Worked {
  readonly target: string;
  /** Each round contains all steps. */
  readonly rounds: readonly (readonly StepWork[])[];
  readonly idleMsPerSecond: number | undefined;
  /** CPU time of an environment without requests, per second. */
  readonly environmentIdleMs?: number | undefined;
  /** CPU time of each start of an environment, by service. */
  readonly starts: ReadonlyMap<string, readonly number[]>;
  readonly seed: number;
}

/** Adds the median of samples as a figure. */
export type Add = (
  given: { what: string; title: string; unit: string; origin: string },
  samples: readonly number[],
) => void;

/** The sum over the steps of a journey, for each round. */
export type Journeys = (of: (step: StepWork) => number) => number[];
