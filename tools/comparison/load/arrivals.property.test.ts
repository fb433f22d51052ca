import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivalsOf, durationOf, type Stage } from './arrivals.ts';

const rate = fc.double({ min: 0, max: 50, noNaN: true });
const stage: fc.Arbitrary<Stage> = fc.oneof(
  fc.record({ rate, toRate: rate, seconds: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
  fc.record({ burst: fc.nat(50) }),
);
const stages = fc.array(stage, { maxLength: 5 });

const expected = (given: readonly Stage[]) =>
  given.reduce(
    (sum, one) =>
      sum +
      ('burst' in one ? one.burst : ((one.rate + (one.toRate ?? one.rate)) / 2) * one.seconds),
    0,
  );

it('even arrivals of any stages match the rates, are in order and within the time', () => {
  fc.assert(
    fc.property(stages, (given) => {
      const arrivals = arrivalsOf(given, { spacing: 'even', seed: 1 });
      expect(Math.abs(arrivals.length - expected(given))).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(arrivals.toSorted((a, b) => a - b)).toEqual(arrivals);
      expect(arrivals.every((ms) => ms >= 0 && ms <= durationOf(given) + 1e-6)).toBe(true);
    }),
  );
});

it('Poisson arrivals of any stages are in order and within the time', () => {
  fc.assert(
    fc.property(stages, fc.nat(), (given, seed) => {
      const arrivals = arrivalsOf(given, { spacing: 'poisson', seed });
      expect(arrivals.toSorted((a, b) => a - b)).toEqual(arrivals);
      expect(arrivals.every((ms) => ms >= 0 && ms <= durationOf(given) + 1e-6)).toBe(true);
    }),
  );
});
