import { seededRandom } from '../statistics/seeded-random.ts';

/** A stage of a load: a constant rate per second, a linear ramp to `toRate`, or a burst of simultaneous requests. */
export type Stage =
  | { readonly rate: number; readonly toRate?: number; readonly seconds: number }
  | { readonly burst: number };

/** `even`: at fixed intervals; `poisson`: independent arrivals, like those of many customers. */
export type Spacing = 'even' | 'poisson';

/**
 * The intended start of each request in milliseconds from the start of the load, in order. An arrival is placed where the
 * integral of the rate reaches the next whole number (even) or the next sum of exponential steps (Poisson: time change of a
 * unit-rate process, Çinlar, "Introduction to Stochastic Processes", 1975).
 * @throws RangeError for a negative or infinite rate, time or count
 */
export function arrivalsOf(
  stages: readonly Stage[],
  options: { readonly spacing: Spacing; readonly seed: number },
): number[] {
  const random = seededRandom(options.seed);
  const step = () => (options.spacing === 'even' ? 1 : -Math.log(1 - random()));
  const arrivals: number[] = [];
  let startMs = 0;
  // The first even arrival is half a step late, so that a rate of n per second has n arrivals in each second.
  let nextAt = options.spacing === 'even' ? 0.5 : step();
  let passed = 0;
  for (const stage of stages) {
    if ('burst' in stage) {
      checkNumber(stage.burst);
      arrivals.push(...Array.from({ length: stage.burst }, () => startMs));
      continue;
    }
    const { rate, toRate = rate, seconds } = stage;
    for (const value of [rate, toRate, seconds]) checkNumber(value);
    const expected = ((rate + toRate) / 2) * seconds;
    while (nextAt < passed + expected) {
      arrivals.push(startMs + timeOf(nextAt - passed, { rate, toRate, seconds }) * 1_000);
      nextAt += step();
    }
    passed += expected;
    startMs += seconds * 1_000;
  }
  return arrivals;
}

/** The time within the stage, in seconds, at which `count` requests are expected. */
function timeOf(count: number, stage: { rate: number; toRate: number; seconds: number }): number {
  const { rate, toRate, seconds } = stage;
  const slope = (toRate - rate) / seconds;
  if (slope === 0) return count / rate;
  // Solves count = rate·t + slope·t²/2 in a form that is stable for a rate of 0 and for a falling rate.
  return (2 * count) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * count)));
}

function checkNumber(value: number): void {
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`${value} is not a rate, time or count`);
}

/** The total duration of the stages in milliseconds. */
export function durationOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + ('burst' in stage ? 0 : stage.seconds * 1_000), 0);
}
