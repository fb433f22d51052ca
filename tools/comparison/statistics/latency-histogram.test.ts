import { expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';
import { seededRandom } from './seeded-random.ts';

const histogramOf = (values: readonly number[]) => {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
};

it('returns the quantiles of known values with three digits', () => {
  const histogram = histogramOf(Array.from({ length: 1_000 }, (_, index) => index + 1));
  expect(histogram.count).toBe(1_000);
  for (const [p, known] of [
    [0.5, 500],
    [0.95, 950],
    [0.99, 990],
    [1, 1_000],
  ] as const) {
    expect(Math.abs(histogram.quantile(p) / known - 1)).toBeLessThan(0.002);
  }
});

it('returns the quantiles of the exponential distribution', () => {
  const random = seededRandom(11);
  const values = Array.from({ length: 50_000 }, () => -10 * Math.log(1 - random()));
  const histogram = histogramOf(values);
  expect(histogram.quantile(0.5) / (10 * Math.LN2)).toBeCloseTo(1, 1);
  expect(histogram.quantile(0.99) / (10 * Math.log(100))).toBeCloseTo(1, 1);
});

it('limits the curve to shares with samples beyond them', () => {
  const shares = histogramOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).curve();
  expect(shares.map(({ share }) => share).filter((share) => share < 1 && share > 0.9)).toEqual([]);
  expect(shares.at(-1)?.share).toBe(1);
  expect(new LatencyHistogram().curve()).toEqual([]);
});

it('rejects an invalid latency and caps the longest at ten minutes', () => {
  const histogram = new LatencyHistogram();
  expect(() => histogram.record(Number.NaN)).toThrow(RangeError);
  expect(() => histogram.record(-1)).toThrow(RangeError);
  histogram.record(3_600_000);
  expect(histogram.quantile(1) / 600_000).toBeCloseTo(1, 2);
});
