import type { Figure } from '../data/index.ts';

/** A timing that was taken once has no interval of its own: it must differ by at least this much. */
export const singleTimingRatio = 1.5;

const timing = /^(ms|s|min)\b/;
export const isTiming = ({ unit }: Figure) => timing.test(unit);

/** Whether two figures' intervals share a value: then this run cannot tell them apart. */
export function intervalsOverlap(a: Figure, b: Figure): boolean {
  return a.spread.low <= b.spread.high && b.spread.low <= a.spread.high;
}

const takenOnce = (figure: Figure) => isTiming(figure) && figure.spread.kind === 'exact';

/** Whether one is better than the other by more than chance explains. */
function toldApart(a: Figure, b: Figure): boolean {
  if (intervalsOverlap(a, b)) return false;
  if (!takenOnce(a) && !takenOnce(b)) return true;
  return Math.max(a.value / b.value, b.value / a.value) >= singleTimingRatio;
}

/** Best first, by what the caller says is better. */
export function ranked(figures: readonly Figure[], better: 'lower' | 'higher'): Figure[] {
  const sign = better === 'lower' ? 1 : -1;
  return figures.toSorted((a, b) => sign * (a.value - b.value));
}

/** The best, and all that cannot be told from it. */
export function leaders(figures: readonly Figure[], better: 'lower' | 'higher'): Figure[] {
  const [best, ...others] = ranked(figures, better);
  return best ? [best, ...others.filter((other) => !toldApart(best, other))] : [];
}
