import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.ts';
import { arrivalsAt } from './arrival-stream.ts';
import {
  constant,
  day,
  durationOf,
  expectedRequests,
  flashSale,
  type RateCurve,
  ramp,
  spike,
  week,
} from './rate-curve.ts';
import { readTraffic } from './read-csv.ts';

function all(curve: RateCurve, cv: number): number[] {
  const next = arrivalsAt(curve, new Random(2), cv);
  const found: number[] = [];
  for (let at = next(); at !== undefined; at = next()) found.push(at);
  return found;
}

const HOUR = 3_600_000;

describe('arrivals', () => {
  const curves: [string, RateCurve][] = [
    ['a constant rate', constant(20, HOUR)],
    ['a ramp', ramp(0, 40, HOUR)],
    ['a spike', spike(10, 8, HOUR)],
    ['a flash sale', flashSale(10, 20, HOUR)],
    ['a day', day(1, 24 * HOUR)],
    ['a week', week(0.2, 7 * 24 * HOUR)],
  ];
  it.each(curves)(
    'of %s have the expected number, in order and within the duration',
    (_, curve) => {
      const found = all(curve, 1);
      expect(Math.abs(found.length / expectedRequests(curve) - 1)).toBeLessThan(0.02);
      expect(found.every((at, index) => at >= (found[index - 1] ?? 0))).toBe(true);
      expect(found.at(-1)).toBeLessThanOrEqual(durationOf(curve));
    },
  );

  it.each([0, 0.5, 1, 2])('have gaps with the given variation (%d)', (cv) => {
    const found = all(constant(50, HOUR), cv);
    const gaps = found.slice(1).map((at, index) => at - (found[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(
      gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length,
    );
    expect(mean).toBeCloseTo(20, 0);
    expect(Math.abs(deviation / mean - cv)).toBeLessThan(0.05);
  });

  it('follow the rate: three times as many in the last quarter of a ramp as in the second', () => {
    const found = all(ramp(0, 40, HOUR), 1);
    const between = (from: number, to: number) =>
      found.filter((at) => at >= from * HOUR && at < to * HOUR).length;
    expect(between(0.75, 1) / between(0.25, 0.5)).toBeCloseTo(7 / 3, 1);
  });
});

describe('a file of traffic', () => {
  it('with one column has the times of requests', () => {
    expect(readTraffic('seconds\n0\n0.5\n2\n', 'a.csv')).toEqual({ timesMs: [0, 500, 2000] });
  });

  it('with two columns has a rate over time', () => {
    expect(readTraffic('10,5\n20,15', 'a.csv')).toEqual({
      curve: [
        { atMs: 0, rate: 5 },
        { atMs: 10_000, rate: 15 },
      ],
    });
  });

  it.each([
    ['1\nx', 'line 2: "x" is not'],
    ['1,2,3', 'line 1'],
    ['1,2\n3', 'line 2: other lines have 2 columns'],
    ['5\n4', 'line 2: the time is before'],
    ['t,rate\n1,-2\n', 'line 2'],
    ['1,2', 'needs two lines'],
  ])('is rejected with the line: %j', (text, message) => {
    expect(() => readTraffic(text, 'a.csv')).toThrow(message);
  });
});
