import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.ts';
import {
  erlangB,
  erlangC,
  mg1WaitMs,
  mm1TimeMs,
  mmcWaitMs,
  sharedTimeMs,
} from '../theory/queueing.ts';
import { SharedProcessor } from './shared-processor.ts';
import { Simulation } from './simulation.ts';
import { Station, type StationOptions, type Visit } from './station.ts';

const VISITS = 200_000;

/** Sends Poisson arrivals to a station. */
function visits(
  arrivalRate: number,
  options: (random: Random) => StationOptions & { readonly serviceMs: () => number },
): Visit[] & { lost: number } {
  const simulation = new Simulation();
  const random = new Random(7);
  const arrivals = random.split();
  const { serviceMs, ...places } = options(random.split());
  const station = new Station(simulation, places);
  const seen: Visit[] = [];
  let left = VISITS;
  const arrive = () => {
    station.visit({ serviceMs: serviceMs(), done: (visit) => seen.push(visit) });
    left -= 1;
    if (left > 0) simulation.after(arrivals.exponential(1 / arrivalRate), arrive);
  };
  arrive();
  simulation.runUntil(Number.MAX_SAFE_INTEGER);
  return Object.assign(seen, { lost: station.lost });
}

function expectRatioNear(found: number, expected: number, tolerance: number): void {
  expect(Math.abs(found / expected - 1), `${found}, not ${expected}`).toBeLessThan(tolerance);
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a station agrees with the formulas', () => {
  it.each([0.3, 0.7, 0.9])('of M/M/1 at a utilization of %d', (utilization) => {
    const seen = visits(utilization, (random) => ({
      servers: 1,
      serviceMs: () => random.exponential(1),
    }));
    const times = mean(seen.map(({ waitedMs, servedMs }) => waitedMs + servedMs));
    expectRatioNear(times / mm1TimeMs(utilization, 1), 1, 0.06);
  });

  it.each([
    [2, 1.5],
    [10, 8],
  ])('of M/M/%d at %d erlangs, and Erlang C', (servers, load) => {
    const seen = visits(load, (random) => ({ servers, serviceMs: () => random.exponential(1) }));
    expect(mean(seen.map(({ waitedMs }) => waitedMs)) / mmcWaitMs(servers, load, 1)).toBeCloseTo(
      1,
      1,
    );
    const waited = seen.filter(({ waitedMs }) => waitedMs > 0).length / seen.length;
    expectRatioNear(waited, erlangC(servers, load), 0.03);
  });

  it.each([
    [1, 0.5],
    [10, 8],
    [10, 20],
  ])('of Erlang B with %d servers and %d erlangs', (servers, load) => {
    const seen = visits(load, (random) => ({
      servers,
      places: 0,
      serviceMs: () => random.exponential(1),
    }));
    expectRatioNear(seen.lost / VISITS, erlangB(servers, load), 0.03);
  });

  it.each([0, 0.5, 2])('of M/G/1 with a coefficient of variation of %d', (cv) => {
    const seen = visits(0.6, (random) => ({ servers: 1, serviceMs: () => random.gamma(1, cv) }));
    expectRatioNear(mean(seen.map(({ waitedMs }) => waitedMs)) / mg1WaitMs(0.6, 1, cv), 1, 0.06);
  });
});

describe('a shared processor', () => {
  it.each([0, 1, 2])('agrees with the formula whatever the variation (%d) of the work', (cv) => {
    const simulation = new Simulation();
    const random = new Random(11);
    const [arrivals, works] = [random.split(), random.split()];
    const processor = new SharedProcessor(simulation, 1);
    const times: number[] = [];
    let left = VISITS;
    const arrive = () => {
      const since = simulation.now;
      processor.start(works.gamma(1, cv), () => times.push(simulation.now - since));
      left -= 1;
      if (left > 0) simulation.after(arrivals.exponential(1 / 0.6), arrive);
    };
    arrive();
    simulation.runUntil(Number.MAX_SAFE_INTEGER);
    expectRatioNear(mean(times) / sharedTimeMs(0.6, 1), 1, 0.06);
  });

  it('takes twice as long for two, and its speed counts', () => {
    const simulation = new Simulation();
    const processor = new SharedProcessor(simulation, 0.5);
    const ends: number[] = [];
    processor.start(10, () => ends.push(simulation.now));
    processor.start(20, () => ends.push(simulation.now));
    simulation.runUntil(1_000);
    expect(ends).toEqual([40, 60]);
    expect(processor.busyMs).toBe(60);
  });
});

describe('a simulation', () => {
  it('runs events at the same time in the order of their scheduling', () => {
    const simulation = new Simulation();
    const order: number[] = [];
    for (const n of [3, 1, 2]) simulation.after(5, () => order.push(n));
    simulation.after(1, () => order.push(0));
    simulation.runUntil(10);
    expect(order).toEqual([0, 3, 1, 2]);
    expect([simulation.now, simulation.events, simulation.waiting]).toEqual([10, 4, 0]);
  });

  it('rejects a time in the past', () => {
    const simulation = new Simulation();
    expect(() => simulation.after(-1, () => undefined)).toThrow(RangeError);
    expect(() => simulation.after(Number.NaN, () => undefined)).toThrow(RangeError);
  });
});
