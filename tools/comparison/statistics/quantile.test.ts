import { describe, expect, it } from 'vitest';
import { differences, median, quantile, ratios, spreadOf, sums } from './quantile.ts';

describe('quantiles', () => {
  // R: quantile(c(15, 20, 35, 40, 50), c(.05, .25, .4, .5, .75, 1))
  it.each([
    [0, 15],
    [0.05, 16],
    [0.25, 20],
    [0.4, 29],
    [0.5, 35],
    [0.75, 40],
    [1, 50],
  ])('of known values at %d are %d, as in R', (p, expected) => {
    expect(quantile([35, 50, 15, 40, 20], p)).toBeCloseTo(expected, 10);
  });

  it('of an even count interpolate between the middle values', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('compare numerically and do not change the list', () => {
    const values = [10, 9, 100];
    expect(median(values)).toBe(10);
    expect(values).toEqual([10, 9, 100]);
  });

  it.each<[number[], number]>([
    [[], 0.5],
    [[1, Number.NaN], 0.5],
    [[1], 1.1],
    [[1], Number.NaN],
  ])('of %j at %d are rejected', (values, p) => {
    expect(() => quantile(values, p)).toThrow(RangeError);
  });
});

describe('a spread', () => {
  // R: summary(1:9)
  it('has count, median, quartiles, minimum and maximum', () => {
    const spread = { n: 9, min: 1, q1: 3, median: 5, q3: 7, max: 9 };
    expect(spreadOf([9, 1, 8, 2, 7, 3, 6, 4, 5])).toEqual(spread);
  });

  it('of one measurement is that measurement', () => {
    expect(spreadOf([2])).toEqual({ n: 1, min: 2, q1: 2, median: 2, q3: 2, max: 2 });
  });
});

describe('rounds of two subjects', () => {
  it('are compared pair by pair, so a slow round cancels out', () => {
    expect(ratios([2, 20, 4], [1, 10, 2])).toEqual([2, 2, 2]);
    expect(differences([3, 30], [1, 10])).toEqual([2, 20]);
    expect(sums([3, 30], [1, 10])).toEqual([4, 40]);
  });

  it('must be equal in number', () => {
    expect(() => ratios([1, 2], [1])).toThrow('2 rounds against 1');
  });
});
