import { differences, ratios, spreadOf } from '../../statistics/quantile.ts';
import type { Findings, Labelled } from './benchmark.ts';

type Rounds = readonly number[];

/** Expresses rounds as multiples of the baseline of the same round. */
export function overBaseline(baseline: Rounds) {
  /** A cost in multiples of the baseline. */
  const times = (label: string, cost: Rounds, name?: string): Labelled => ({
    ...(name === undefined ? {} : { name }),
    label,
    spread: spreadOf(ratios(cost, baseline)),
  });
  /** The difference of two subjects, in multiples of the baseline. */
  const part = (label: string, over: Rounds, under: Rounds): Labelled =>
    times(label, differences(over, under));
  return { times, part };
}

/**
 * Builds the findings of a CPU benchmark from the rounds of one run.
 * @param rounds in µs: the subject, the baseline, and the baseline again (A/A)
 */
export function cpuFindings(
  rounds: { readonly subject: Rounds; readonly baseline: Rounds; readonly again: Rounds },
  labels: { readonly subject: string; readonly baseline: string },
  more: Pick<Findings, 'rest'> & { readonly alsoOverBaseline: readonly Labelled[] },
): Findings {
  const { subject, baseline, again } = rounds;
  return {
    ratio: spreadOf(ratios(subject, baseline)),
    control: spreadOf(ratios(again, baseline)),
    costs: [
      { label: labels.subject, spread: spreadOf(subject) },
      { label: labels.baseline, spread: spreadOf(baseline) },
    ],
    unit: 'µs',
    ...more,
  };
}
