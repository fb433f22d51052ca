import { type Figure, MIN_SAMPLES } from '../data/index.ts';
import { shownValue } from './format-figure.ts';
import {
  isBeyondNoise,
  isNoiseControl,
  type NoiseDoubt,
  noiseBeside,
  noiseDoubt,
  ratioOf,
} from './noise-control.ts';

/** A smaller difference decides nothing, however certain it is. */
export const MIN_RATIO = 1.1;
/** Bills computed from fewer than 30 samples must differ by this factor. */
export const MIN_RATIO_FEW_SAMPLES = 1.25;

const TIME_UNIT = /^(µs|ms|s|min)\b/;
const MEASURED_UNIT = /^(1\/s|requests$)/;

export const isTiming = ({ unit }: Pick<Figure, 'unit'>) => TIME_UNIT.test(unit);
const isBill = ({ part, unit }: Figure) => part === 'cost' && unit === 'USD/month';

/** Why a row has no verdict. */
export type Doubt = NoiseDoubt | 'few-samples' | 'noise-control';

/** The result of comparing one figure of several targets. */
export interface RowVerdict {
  /** The best figure and all that do not clearly differ from it, best first. All figures if there is a doubt. */
  readonly leaders: readonly Figure[];
  /** The figure that is clearly better than all others. */
  readonly winner?: Figure;
  readonly doubt?: Doubt;
}

/** Whether the intervals of two figures overlap. */
export function intervalsOverlap(a: Figure, b: Figure): boolean {
  return a.spread.low <= b.spread.high && b.spread.low <= a.spread.high;
}

/**
 * Whether a figure rests on too few samples: fewer than 30, or a single measurement. Counted figures have n = 1 and no spread
 * and are exact. A bill is computed, mostly from fixed prices, so it only needs more than one sample.
 */
export function hasFewSamples(figure: Figure): boolean {
  const { n, spread } = figure;
  if (spread.kind === 'exact') return isTiming(figure) || MEASURED_UNIT.test(figure.unit);
  return n < (isBill(figure) ? 2 : MIN_SAMPLES);
}

/** Sorts figures, best first. */
export function ranked(figures: readonly Figure[], better: 'lower' | 'higher'): Figure[] {
  const sign = better === 'lower' ? 1 : -1;
  return figures.toSorted((a, b) => sign * (a.value - b.value));
}

/** Whether two figures differ by more than sampling and noise explain, and by enough to matter. */
function clearlyDiffer(a: Figure, b: Figure, run: readonly Figure[]): boolean {
  if (intervalsOverlap(a, b) || shownValue(a) === shownValue(b)) return false;
  const few = [a, b].some(({ n, spread }) => n < MIN_SAMPLES && spread.kind !== 'exact');
  if (ratioOf(a.value, b.value) < (few ? MIN_RATIO_FEW_SAMPLES : MIN_RATIO)) return false;
  if (!isTiming(a)) return true;
  const [noiseA, noiseB] = [a, b].map(({ target, part }) => noiseBeside(run, target, part));
  return noiseA !== undefined && noiseB !== undefined && isBeyondNoise(a, b, noiseA, noiseB);
}

function doubtOf(figures: readonly Figure[], run: readonly Figure[]): Doubt | undefined {
  if (figures.some(isNoiseControl)) return 'noise-control';
  if (figures.some(hasFewSamples)) return 'few-samples';
  const [first] = figures;
  if (!first || !isTiming(first)) return undefined;
  const noises = figures.map(({ target, part }) => noiseBeside(run, target, part));
  const pairs = noises.flatMap((a, at) => noises.slice(at + 1).map((b) => [a, b] as const));
  return pairs.map(([a, b]) => noiseDoubt(first, a, b)).find((doubt) => doubt !== undefined);
}

/**
 * Compares the same figure of several targets.
 * @param figures one per target, with a `better` direction
 * @param run all figures of the run, including its noise control
 */
export function judgeRow(figures: readonly Figure[], run: readonly Figure[]): RowVerdict {
  const better = figures[0]?.better;
  if (!better || figures.length < 2) return { leaders: figures };
  const doubt = doubtOf(figures, run);
  if (doubt) return { leaders: figures, doubt };
  const [best, ...others] = ranked(figures, better);
  if (!best) return { leaders: [] };
  const close = others.filter((other) => !clearlyDiffer(best, other, run));
  return { leaders: [best, ...close], ...(close.length === 0 ? { winner: best } : {}) };
}
