import { describe, expect, it } from 'vitest';
import { estimateOf, estimateQuantile } from './bootstrap.ts';
import { quantile } from './quantile.ts';
import { seededRandom } from './seeded-random.ts';

/** Inverse distribution functions, which give known quantiles and samples. */
const distributions = {
  uniform: (p: number) => p,
  exponential: (p: number) => -Math.log(1 - p),
  lognormal: (p: number) => Math.exp(normal(p)),
};
type Name = keyof typeof distributions;

/** The standard normal distribution's inverse by bisection of Φ (Abramowitz and Stegun 7.1.26 is exact to 1.5e-7). */
function normal(p: number): number {
  let low = -8;
  let high = 8;
  while (high - low > 1e-7) {
    const middle = (low + high) / 2;
    if (phi(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

function phi(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const a = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  const sum = a.reduceRight((total, factor) => (total + factor) * t, 0);
  const erf = 1 - sum * Math.exp(-x * x);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}

const samplesOf = (name: Name, n: number, seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => distributions[name](random()));
};

describe('quantiles of samples', () => {
  // Uniform p; exponential ln 2, ln 20 = 2.996; lognormal e^1.645 = 5.180.
  it.each<[Name, number, number]>([
    ['uniform', 0.5, 0.5],
    ['uniform', 0.95, 0.95],
    ['exponential', 0.5, Math.LN2],
    ['exponential', 0.95, 2.9957],
    ['exponential', 0.99, 4.6052],
    ['lognormal', 0.5, 1],
    ['lognormal', 0.95, 5.1802],
  ])('of the %s distribution at %d are close to %d', (name, p, known) => {
    expect(distributions[name](p)).toBeCloseTo(known, 3);
    const found = quantile(samplesOf(name, 40_000, 7), p);
    expect(Math.abs(found / known - 1)).toBeLessThan(0.03);
  });
});

describe('the bootstrap interval', () => {
  it.each<[Name, number]>([
    ['uniform', 0.5],
    ['exponential', 0.5],
    ['exponential', 0.95],
    ['lognormal', 0.95],
  ])('of the %s distribution at %d contains the known value in about 95 of 100 runs', (name, p) => {
    const runs = 300;
    let held = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      const { low, high } = estimateQuantile(samplesOf(name, 200, seed), p, {
        seed: seed + 10_000,
        resamples: 200,
      });
      const known = distributions[name](p);
      if (low <= known && known <= high) held += 1;
    }
    // Three standard errors of 300 runs are 3.8 of 100.
    expect(held / runs).toBeGreaterThan(0.91);
    expect(held / runs).toBeLessThan(0.985);
  });

  it('narrows with the square root of the sample size', () => {
    const width = (n: number) => {
      const { low, high } = estimateQuantile(samplesOf('exponential', n, 3), 0.5, { seed: 1 });
      return high - low;
    };
    const narrower = width(400) / width(6_400);
    expect(narrower).toBeGreaterThan(2.5);
    expect(narrower).toBeLessThan(6);
  });

  it('is deterministic for a seed and contains the value', () => {
    const samples = samplesOf('lognormal', 50, 5);
    const first = estimateQuantile(samples, 0.95, { seed: 9 });
    expect(estimateQuantile(samples, 0.95, { seed: 9 })).toEqual(first);
    expect(first.n).toBe(50);
    expect(first.low).toBeLessThanOrEqual(first.value);
    expect(first.high).toBeGreaterThanOrEqual(first.value);
  });

  it('of one sample is that sample', () => {
    expect(estimateQuantile([4], 0.99, { seed: 1 })).toEqual({ value: 4, low: 4, high: 4, n: 1 });
  });
});

describe('the bootstrap of any statistic', () => {
  const share = (samples: readonly number[]) =>
    samples.filter((value) => value < 0.2).length / samples.length;

  it('contains a known share in about 95 of 100 runs', () => {
    const runs = 200;
    const held = Array.from({ length: runs }, (_, seed) => {
      const samples = samplesOf('uniform', 200, seed + 1);
      const { low, high } = estimateOf(samples, share, { seed, resamples: 200 });
      return low <= 0.2 && 0.2 <= high;
    });
    // Three standard errors of 200 runs are 4.6 of 100.
    expect(held.filter(Boolean).length / runs).toBeGreaterThan(0.9);
  });

  it('ignores resamples without a result and rejects an empty list', () => {
    const mean = (samples: readonly (number | undefined)[]) => {
      const there = samples.filter((value) => value !== undefined);
      return there.reduce((sum, value) => sum + value, 0) / there.length;
    };
    const found = estimateOf([1, undefined, 1], mean, { seed: 4 });
    expect(found).toEqual({ value: 1, low: 1, high: 1, n: 3 });
    expect(() => estimateOf([], share, { seed: 1 })).toThrow(RangeError);
  });
});
