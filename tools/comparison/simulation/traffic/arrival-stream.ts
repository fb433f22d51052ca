import type { Random } from '../random/random.ts';
import type { RateCurve } from './rate-curve.ts';

/** Yields the time of each next arrival in milliseconds, or undefined after the last one. */
export type Arrivals = () => number | undefined;

/**
 * Arrivals at the rate of a curve. Their gaps are gamma-distributed: a coefficient of variation of 1 is a Poisson process, as of
 * many independent customers; more comes in bursts, and 0 at regular intervals.
 *
 * A renewal process of rate 1 is stretched to the curve: an arrival happens when the integral of the rate reaches the next sum
 * of gaps (time change; Çinlar, "Introduction to Stochastic Processes", 1975). Its memory does not grow.
 */
export function arrivalsAt(curve: RateCurve, random: Random, cv = 1): Arrivals {
  let segment = 1;
  /** Requests expected before the segment. */
  let passed = 0;
  let next = random.gamma(1, cv) * (cv === 0 ? 0.5 : 1);
  return () => {
    for (;;) {
      const [from, to] = [curve[segment - 1], curve[segment]];
      if (!from || !to) return undefined;
      const seconds = (to.atMs - from.atMs) / 1_000;
      const inside = ((from.rate + to.rate) / 2) * seconds;
      if (next < passed + inside) {
        const at =
          from.atMs + 1_000 * timeOf(next - passed, from.rate, (to.rate - from.rate) / seconds);
        next += random.gamma(1, cv);
        return at;
      }
      passed += inside;
      segment += 1;
    }
  };
}

/** Solves `count = rate·t + slope·t²/2` for the time in seconds, in a form that is stable for a rate of 0. */
function timeOf(count: number, rate: number, slope: number): number {
  if (slope === 0) return count / rate;
  return (2 * count) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * count)));
}

/** Arrivals at given times. */
export function arrivalsFrom(timesMs: readonly number[]): Arrivals {
  let at = 0;
  return () => {
    const time = timesMs[at];
    at += 1;
    return time;
  };
}
