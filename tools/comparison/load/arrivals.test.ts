import { describe, expect, it } from 'vitest';
import { arrivalsOf, durationOf } from './arrivals.ts';

const even = { spacing: 'even', seed: 1 } as const;
const poisson = (seed: number) => ({ spacing: 'poisson', seed }) as const;

describe('even arrivals', () => {
  it('are one step apart', () => {
    expect(arrivalsOf([{ rate: 4, seconds: 1 }], even)).toEqual([125, 375, 625, 875]);
  });

  it('carry fractions of a request over to the next stage', () => {
    const stages = [
      { rate: 3.5, seconds: 1 },
      { rate: 3.5, seconds: 1 },
    ];
    expect(arrivalsOf(stages, even)).toHaveLength(7);
    expect(durationOf(stages)).toBe(2_000);
  });

  it('of a ramp from zero get denser: the n-th comes when the area under the ramp is n', () => {
    const arrivals = arrivalsOf([{ rate: 0, toRate: 20, seconds: 10 }], even);
    expect(arrivals).toHaveLength(100);
    // Area t² requests after t seconds.
    expect(arrivals[0]).toBeCloseTo(Math.sqrt(0.5) * 1_000, 6);
    expect(arrivals[24]).toBeCloseTo(Math.sqrt(24.5) * 1_000, 6);
  });

  it('of a falling ramp get sparser', () => {
    const arrivals = arrivalsOf([{ rate: 20, toRate: 0, seconds: 10 }], even);
    expect(arrivals).toHaveLength(100);
    expect(arrivals.filter((ms) => ms < 5_000)).toHaveLength(75);
  });

  it('of a burst are simultaneous, at the end of the previous stage', () => {
    const stages = [{ rate: 1, seconds: 2 }, { burst: 3 }];
    expect(arrivalsOf(stages, even)).toEqual([500, 1_500, 2_000, 2_000, 2_000]);
  });
});

describe('Poisson arrivals', () => {
  it('match the rate, with the variance of a Poisson process', () => {
    const counts = Array.from(
      { length: 200 },
      (_, seed) => arrivalsOf([{ rate: 50, seconds: 2 }], poisson(seed)).length,
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(mean).toBeGreaterThan(97);
    expect(mean).toBeLessThan(103);
    expect(variance / mean).toBeGreaterThan(0.7);
    expect(variance / mean).toBeLessThan(1.35);
  });

  it('are deterministic for a seed, in order and within the stages', () => {
    const stages = [
      { rate: 5, seconds: 3 },
      { rate: 50, seconds: 1 },
    ];
    const arrivals = arrivalsOf(stages, poisson(4));
    expect(arrivalsOf(stages, poisson(4))).toEqual(arrivals);
    expect(arrivals.toSorted((a, b) => a - b)).toEqual(arrivals);
    expect(arrivals.every((ms) => ms >= 0 && ms < 4_000)).toBe(true);
  });
});

it.each([{ rate: -1, seconds: 1 }, { rate: 1, seconds: Number.NaN }, { burst: Infinity }])(
  'a stage of %j is rejected',
  (stage) => {
    expect(() => arrivalsOf([stage], even)).toThrow(RangeError);
  },
);
