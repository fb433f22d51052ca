import { quantile } from './quantile.ts';
import { seededRandom } from './seeded-random.ts';

/** What is known of a value by sampling. */
export interface Estimate {
  readonly value: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Enough for the ends of the interval to move by less than a tenth of its width from seed to seed. */
const defaultResamples = 1_000;
const confidence = 0.95;

/**
 * A quantile with its percentile bootstrap interval (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
 * chapter 13): the samples are drawn again, with replacement, and the quantile taken each time; the middle 95 % of
 * those are the interval. It holds when samples do not depend on each other. Of the far tail it is too narrow while
 * few samples lie beyond the quantile: what nobody has seen cannot be drawn. So p99 wants 1,000 samples.
 * @param p from 0 to 1
 * @throws RangeError as {@link quantile}
 */
export function estimateQuantile(
  samples: readonly number[],
  p: number,
  options: { readonly seed: number; readonly resamples?: number },
): Estimate {
  const value = quantile(samples, p);
  const { seed, resamples = defaultResamples } = options;
  const sorted = Float64Array.from(samples).sort();
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () => quantileOfDraw(sorted, p, random));
  const beyond = (1 - confidence) / 2;
  return {
    value,
    low: quantile(drawn, beyond),
    high: quantile(drawn, 1 - beyond),
    n: samples.length,
  };
}

/**
 * Any statistic of the samples with its percentile bootstrap interval: a share, a difference of two quantiles.
 * @param statistic of samples drawn with replacement; a draw of which it is no number (of none, say) counts for nothing
 * @throws RangeError without samples, or when no draw gives a number
 */
export function estimateOf<Sample>(
  samples: readonly Sample[],
  statistic: (samples: readonly Sample[]) => number,
  options: { readonly seed: number; readonly resamples?: number },
): Estimate {
  const n = samples.length;
  if (n === 0) throw new RangeError('there is nothing to estimate from');
  const { seed, resamples = defaultResamples } = options;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    statistic(samples.map(() => samples[Math.floor(random() * n)] as Sample)),
  ).filter(Number.isFinite);
  const beyond = (1 - confidence) / 2;
  const [low, high] = [quantile(drawn, beyond), quantile(drawn, 1 - beyond)];
  return { value: statistic(samples), low, high, n };
}

/** How often each sample is drawn says what the drawn list, sorted, holds; so nothing is sorted again. */
function quantileOfDraw(sorted: Float64Array, p: number, random: () => number): number {
  const n = sorted.length;
  const times = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) {
    const drawn = Math.floor(random() * n);
    times[drawn] = (times[drawn] ?? 0) + 1;
  }
  const position = (n - 1) * p;
  const lower = Math.floor(position);
  const upper = Math.ceil(position);
  let passed = 0;
  let below: number | undefined;
  for (let i = 0; i < n; i += 1) {
    passed += times[i] ?? 0;
    if (below === undefined && passed > lower) below = sorted[i];
    if (passed > upper) {
      const from = below as number;
      return from + ((sorted[i] as number) - from) * (position - lower);
    }
  }
  return sorted[n - 1] as number;
}
