import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../statistics/index.ts';
import { SECONDS_PER_MONTH } from '../metering.ts';
import { environmentsOf } from './environments.ts';

const traffic = {
  perSecond: 0.01,
  cpuSeconds: 0.002,
  peakToMean: 4,
  idleSeconds: 60,
  cpuPerEnvironment: 0.7,
};

describe('the environments of a month', () => {
  test('are none without requests', () => {
    expect(environmentsOf({ ...traffic, perSecond: 0 })).toEqual({ mean: 0, peak: 0, starts: 0 });
  });

  // The expected share of time and rate of starts follow from the exponential distribution of the gaps.
  test('agree with a simulation of random arrivals', () => {
    const random = seededRandom(17);
    const gaps = Array.from({ length: 200_000 }, () => -Math.log(1 - random()) / traffic.perSecond);
    const all = gaps.reduce((sum, gap) => sum + gap, 0);
    const alive = gaps.reduce((sum, gap) => sum + Math.min(gap, traffic.idleSeconds), 0);
    const starts = gaps.filter((gap) => gap > traffic.idleSeconds).length;
    const found = environmentsOf(traffic);
    expect(Math.abs(found.mean / (alive / all) - 1)).toBeLessThan(0.01);
    expect(Math.abs(found.starts / ((starts / all) * SECONDS_PER_MONTH) - 1)).toBeLessThan(0.01);
    expect(found.peak).toBe(1);
  });

  test('stay all month when requests never pause, and start once in a lifetime', () => {
    const { mean, starts } = environmentsOf({ ...traffic, perSecond: 1 });
    expect(mean).toBeCloseTo(1, 9);
    expect(starts).toBeLessThan(1);
  });

  test('follow the CPU of the peak, during the time of the peak only', () => {
    // 100 requests a second, 400 at the peak, 2 ms each: 0.8 vCPU, or 1.14 environments at 0.7.
    expect(environmentsOf({ ...traffic, perSecond: 100 })).toMatchObject({ mean: 1.25, peak: 2 });
    // Ten times as much: 8 vCPU, or 11.4 environments.
    expect(environmentsOf({ ...traffic, perSecond: 1000 })).toMatchObject({ mean: 3.75, peak: 12 });
  });
});
