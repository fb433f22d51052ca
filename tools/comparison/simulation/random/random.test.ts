import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const N = 100_000;

function moments(draw: (random: Random) => number) {
  const random = new Random(3);
  const values = Array.from({ length: N }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / N;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / N;
  return { mean, cv: Math.sqrt(variance) / mean };
}

describe('draws', () => {
  it.each([0.2, 1, 1.5])(
    'of gamma and lognormal values have their mean and variation (%d)',
    (cv) => {
      for (const kind of ['gamma', 'lognormal'] as const) {
        const found = moments((random) => random[kind](40, cv));
        expect(found.mean / 40).toBeCloseTo(1, 1.3);
        expect(found.cv / cv).toBeCloseTo(1, 1);
      }
    },
  );

  it('of a gamma value with a variation of 1 are exponential', () => {
    const random = new Random(5);
    const longer = Array.from({ length: N }, () => random.gamma(1, 1)).filter((x) => x > 2).length;
    expect(longer / N).toBeCloseTo(Math.exp(-2), 2);
  });

  it('follow the points of a cumulative function', () => {
    const random = new Random(9);
    const points = [
      [4, 0],
      [5, 0.2],
      [6, 0.88],
      [8, 1],
    ] as const;
    const values = Array.from({ length: N }, () => random.fromCdf(points));
    const below = (limit: number) => values.filter((value) => value <= limit).length / N;
    expect([below(4), below(8)]).toEqual([0, 1]);
    expect(below(5)).toBeCloseTo(0.2, 2);
    expect(below(6)).toBeCloseTo(0.88, 2);
  });

  it('are the same from the same seed, and those of a split generator do not depend on others', () => {
    const draws = (between: number) => {
      const random = new Random(1);
      const [first, second] = [random.split(), random.split()];
      for (let n = 0; n < between; n += 1) first.uniform();
      return [second.uniform(), second.uniform()];
    };
    expect(draws(0)).toEqual(draws(10));
  });
});
