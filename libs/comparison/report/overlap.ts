import type { Figure } from '../data/index.ts';

/** Whether two figures' intervals share a value: then this run cannot tell them apart. */
export function intervalsOverlap(a: Figure, b: Figure): boolean {
  return a.spread.low <= b.spread.high && b.spread.low <= a.spread.high;
}

/** Best first, by what the caller says is better. */
export function ranked(figures: readonly Figure[], better: 'lower' | 'higher'): Figure[] {
  const sign = better === 'lower' ? 1 : -1;
  return figures.toSorted((a, b) => sign * (a.value - b.value));
}

/** The best, and all that cannot be told from it. */
export function leaders(figures: readonly Figure[], better: 'lower' | 'higher'): Figure[] {
  const [best, ...others] = ranked(figures, better);
  return best ? [best, ...others.filter((other) => intervalsOverlap(best, other))] : [];
}
