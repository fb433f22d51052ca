import { build } from 'hdr-histogram-js';

/** Latencies are recorded in microseconds, up to ten minutes, with three significant digits. */
const MICROS_PER_MS = 1_000;
const LONGEST_MS = 600_000;

/** One point of a percentile curve. */
export interface CurvePoint {
  /** Share of the samples, from 0 to 1, that are at most `ms`. */
  readonly share: number;
  readonly ms: number;
}

/** The shares shown in a curve, denser towards the tail, with the usual percentiles. */
const SHARES = [
  0, 0.05, 0.1, 0.25, 0.5, 0.625, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999,
  1,
] as const;

/**
 * A latency histogram with fixed size and relative error (Gil Tene's HdrHistogram, from `hdr-histogram-js`). Curves are drawn
 * from it.
 */
export class LatencyHistogram {
  readonly #histogram = build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_MS * MICROS_PER_MS,
    numberOfSignificantValueDigits: 3,
  });

  /** Records a latency; more than ten minutes counts as ten. @throws RangeError for a negative number or NaN */
  record(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`${ms} is not a latency`);
    this.#histogram.recordValue(Math.round(Math.min(ms, LONGEST_MS) * MICROS_PER_MS));
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** The quantile `p` (0 to 1) in milliseconds, with three significant digits. */
  quantile(p: number): number {
    return this.#histogram.getValueAtPercentile(p * 100) / MICROS_PER_MS;
  }

  /** The percentile curve. It reaches into the tail as far as at least one sample lies beyond each share below 1. */
  curve(): CurvePoint[] {
    const { count } = this;
    if (count === 0) return [];
    return SHARES.filter((share) => share === 1 || (1 - share) * count >= 1).map((share) => ({
      share,
      ms: this.quantile(share),
    }));
  }
}
