import { differences, ratios, spreadOf } from '../../statistics/quantile.ts';
import type { Findings, Labelled } from './benchmark.ts';

type Rounds = readonly number[];

/** Compares the rounds of one run with those of its baseline. */
export function overBaseline(baseline: Rounds) {
  /** How many baselines something costs. */
  const times = (label: string, cost: Rounds, name?: string): Labelled => ({
    ...(name === undefined ? {} : { name }),
    label,
    spread: spreadOf(ratios(cost, baseline)),
  });
  /** What one subject does beyond another, in multiples of the baseline. */
  const part = (label: string, over: Rounds, under: Rounds): Labelled =>
    times(label, differences(over, under));
  return { times, part };
}

/**
 * The findings about something that a service does, from the rounds of one run: all benchmarks of CPU say it alike.
 * @param rounds in µs: the subject, the baseline, and the baseline once more
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
