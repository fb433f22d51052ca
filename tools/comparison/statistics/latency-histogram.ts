import { build } from 'hdr-histogram-js';

/** Recorded in whole microseconds, up to ten minutes, to three significant digits. */
const microsPerMs = 1_000;
const longestMs = 600_000;

/** One point of a percentile curve. */
export interface CurvePoint {
  /** Share of the samples, 0 to 1, that are no longer than `ms`. */
  readonly share: number;
  readonly ms: number;
}

/** The shares that a curve shows: each half of what is left, and the percentiles that people ask for. */
const shares = [
  0, 0.05, 0.1, 0.25, 0.5, 0.625, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999,
  1,
] as const;

/**
 * Latencies in a histogram of fixed size and fixed relative error (Gil Tene's HdrHistogram, by `hdr-histogram-js`): what a
 * curve is drawn from, however many there are.
 */
export class LatencyHistogram {
  readonly #histogram = build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: longestMs * microsPerMs,
    numberOfSignificantValueDigits: 3,
  });

  /** @throws RangeError for what is no latency; what is over ten minutes counts as ten minutes */
  record(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`${ms} is no latency`);
    this.#histogram.recordValue(Math.round(Math.min(ms, longestMs) * microsPerMs));
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** In milliseconds, to three digits: the smallest recorded value that a share `p` (0 to 1) does not exceed. */
  quantile(p: number): number {
    return this.#histogram.getValueAtPercentile(p * 100) / microsPerMs;
  }

  /** As far into the tail as the samples reach: the last share below 1 has at least one sample beyond it. */
  curve(): CurvePoint[] {
    const { count } = this;
    if (count === 0) return [];
    return shares
      .filter((share) => share === 1 || (1 - share) * count >= 1)
      .map((share) => ({ share, ms: this.quantile(share) }));
  }
}
