import { quantile } from './quantile.ts';
import { seededRandom } from './seeded-random.ts';

/** A value estimated from samples, with its confidence interval. */
export interface Estimate {
  readonly value: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** With this many resamples, the ends of the interval vary by less than a tenth of its width between seeds. */
const DEFAULT_RESAMPLES = 1_000;
const CONFIDENCE = 0.95;

/**
 * Estimates a quantile with its percentile bootstrap interval (Efron and Tibshirani, "An Introduction to the Bootstrap",
 * 1993, chapter 13): the samples are resampled with replacement, the quantile is taken each time, and the middle 95 % of
 * these quantiles are the interval. Samples must be independent. In the far tail the interval is too narrow if few samples
 * lie beyond the quantile, because unseen values cannot be drawn; p99 needs about 1,000 samples.
 * @param p share from 0 to 1
 * @throws RangeError as {@link quantile}
 */
export function estimateQuantile(
  samples: readonly number[],
  p: number,
  options: { readonly seed: number; readonly resamples?: number },
): Estimate {
  const value = quantile(samples, p);
  const { seed, resamples = DEFAULT_RESAMPLES } = options;
  const sorted = Float64Array.from(samples).sort();
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () => quantileOfDraw(sorted, p, random));
  const beyond = (1 - CONFIDENCE) / 2;
  return {
    value,
    low: quantile(drawn, beyond),
    high: quantile(drawn, 1 - beyond),
    n: samples.length,
  };
}

/**
 * Estimates any statistic of the samples, such as a share or a difference of two quantiles, with its percentile bootstrap
 * interval.
 * @param statistic computed for each resample; a resample for which it is not finite is ignored
 * @throws RangeError without samples, or if no resample gives a finite number
 */
export function estimateOf<Sample>(
  samples: readonly Sample[],
  statistic: (samples: readonly Sample[]) => number,
  options: { readonly seed: number; readonly resamples?: number },
): Estimate {
  const n = samples.length;
  if (n === 0) throw new RangeError('there are no samples to estimate from');
  const { seed, resamples = DEFAULT_RESAMPLES } = options;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    statistic(samples.map(() => samples[Math.floor(random() * n)] as Sample)),
  ).filter(Number.isFinite);
  const beyond = (1 - CONFIDENCE) / 2;
  const [low, high] = [quantile(drawn, beyond), quantile(drawn, 1 - beyond)];
  return { value: statistic(samples), low, high, n };
}

/** Computes the quantile of a resample from the draw counts of the sorted samples, which avoids sorting each resample. */
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
