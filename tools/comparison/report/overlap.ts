import type { Figure } from '../data/index.ts';

/** A single timing has no interval; two of them must differ by at least this factor. */
export const SINGLE_TIMING_RATIO = 1.5;

const TIME_UNIT = /^(ms|s|min)\b/;
export const isTiming = ({ unit }: Figure) => TIME_UNIT.test(unit);

/** Whether two figures' intervals overlap. Then this run shows no clear difference between them. */
export function intervalsOverlap(a: Figure, b: Figure): boolean {
  return a.spread.low <= b.spread.high && b.spread.low <= a.spread.high;
}

const isSingleTiming = (figure: Figure) => isTiming(figure) && figure.spread.kind === 'exact';

/** Whether two figures differ by more than sampling error explains. */
function clearlyDiffer(a: Figure, b: Figure): boolean {
  if (intervalsOverlap(a, b)) return false;
  if (!isSingleTiming(a) && !isSingleTiming(b)) return true;
  return Math.max(a.value / b.value, b.value / a.value) >= SINGLE_TIMING_RATIO;
}

/** Sorts figures, best first. */
export function ranked(figures: readonly Figure[], better: 'lower' | 'higher'): Figure[] {
  const sign = better === 'lower' ? 1 : -1;
  return figures.toSorted((a, b) => sign * (a.value - b.value));
}

/** The best figure and all others that do not clearly differ from it. */
export function leaders(figures: readonly Figure[], better: 'lower' | 'higher'): Figure[] {
  const [best, ...others] = ranked(figures, better);
  return best ? [best, ...others.filter((other) => !clearlyDiffer(best, other))] : [];
}
