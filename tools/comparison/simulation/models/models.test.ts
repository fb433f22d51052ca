import { describe, expect, it } from 'vitest';
import { Simulation } from '../engine/simulation.ts';
import { Random } from '../random/random.ts';
import { coldShareOfPoisson, sharedTimeMs } from '../theory/queueing.ts';
import { arrivalsAt } from '../traffic/arrival-stream.ts';
import { constant, type RateCurve } from '../traffic/rate-curve.ts';
import { assumeForSimulation, warmTimes } from './assumptions.ts';
import type { Ending, Outcome, Server, Work } from './call.ts';
import { CdnCache, expectedHitRate } from './cdn-cache.ts';
import { FargateService, type ServiceSettings } from './fargate-service.ts';
import { Account, type FunctionSettings, LambdaFunction } from './lambda-function.ts';
import { WebFunction } from './web-function.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Sends a curve of requests to a server. Returns the latencies of those that were answered, and how all of them ended. */
function send(simulation: Simulation, server: Server, curve: RateCurve, work: () => Work) {
  const next = arrivalsAt(curve, new Random(21));
  const latencies: number[] = [];
  const endings: Record<Ending, number> = { ok: 0, throttled: 0, overloaded: 0 };
  let cold = 0;
  const arrive = () => {
    const since = simulation.now;
    server.call(work(), (outcome: Outcome) => {
      endings[outcome.ending] += 1;
      if (outcome.cold) cold += 1;
      if (outcome.ending === 'ok') latencies.push(simulation.now - since);
    });
    schedule();
  };
  const schedule = () => {
    const at = next();
    if (at !== undefined) simulation.after(Math.max(0, at - simulation.now), arrive);
  };
  schedule();
  simulation.runUntil((curve.at(-1)?.atMs ?? 0) + HOUR);
  const mean = latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length;
  return { latencies, endings, cold, mean, coldShare: cold / latencies.length };
}

const near = (found: number, expected: number, tolerance: number) =>
  expect(Math.abs(found / expected - 1), `${found}, not ${expected}`).toBeLessThan(tolerance);

function functionOf(
  simulation: Simulation,
  changes: Partial<FunctionSettings> = {},
  limit = 1_000,
) {
  return new LambdaFunction(simulation, new Random(5), new Account(limit), {
    cores: 1,
    provisioned: 0,
    initMs: () => 500,
    warmMs: () => 5 * MINUTE,
    lifeMs: Number.MAX_SAFE_INTEGER,
    startsPerSecond: 100,
    ...changes,
  });
}
const quick = (): Work => ({ cpuMs: 5, waitMs: 5 });

describe('a Lambda function', () => {
  it.each([1, 2, 5])(
    'starts cold as often as renewal theory says with a gap of %d minutes',
    (minutes) => {
      const simulation = new Simulation();
      const rate = 1 / (minutes * 60);
      const { coldShare } = send(
        simulation,
        functionOf(simulation),
        constant(rate, (40_000 * minutes * MINUTE) / 4),
        quick,
      );
      near(coldShare, coldShareOfPoisson(rate / 1_000, 5 * MINUTE), 0.12);
    },
  );

  it('rarely starts cold under steady traffic: one sandbox serves a request a second for a day', () => {
    const simulation = new Simulation();
    const server = functionOf(simulation, { lifeMs: 2 * HOUR });
    const { coldShare } = send(simulation, server, constant(1.2, 24 * HOUR), quick);
    // Published measurements of real functions at 100,000 requests a day: 0.02 to 0.06 %.
    expect(coldShare).toBeGreaterThan(0.0001);
    expect(coldShare).toBeLessThan(0.0008);
  });

  it('takes the share of a core that its memory buys, and bills INIT and duration', () => {
    const simulation = new Simulation();
    const server = functionOf(simulation, { cores: 0.5 });
    const { latencies } = send(simulation, server, constant(1, 1_500), () => ({
      cpuMs: 10,
      waitMs: 4,
    }));
    expect(latencies[0]).toBeCloseTo(524, 6);
    expect(server.billedMs).toBe(524 + 24 * (latencies.length - 1));
  });

  it('is throttled by the concurrency of the account and by the rate of its starts', () => {
    const slow = (): Work => ({ cpuMs: 0, waitMs: 60_000 });
    const busy = new Simulation();
    const ofAccount = send(busy, functionOf(busy, {}, 50), constant(10, 60_000), slow);
    expect(ofAccount.endings.ok).toBeGreaterThan(49);
    expect(ofAccount.endings.throttled).toBeGreaterThan(400);
    const fast = new Simulation();
    const ofStarts = send(
      fast,
      functionOf(fast, { startsPerSecond: 5 }),
      constant(50, 10_000),
      slow,
    );
    // A burst of ten seconds, and ten seconds of starts.
    near(ofStarts.endings.ok, 100, 0.05);
  });

  it('uses provisioned sandboxes first, which are never cold', () => {
    const simulation = new Simulation();
    const { cold } = send(
      simulation,
      functionOf(simulation, { provisioned: 3 }),
      constant(5, 60_000),
      quick,
    );
    expect(cold).toBe(0);
  });

  it('stays warm for the times of the assumptions', () => {
    const random = new Random(1);
    const times = Array.from({ length: 50_000 }, () =>
      random.fromCdf(warmTimes(assumeForSimulation())),
    );
    const coldAfter = (minutes: number) =>
      times.filter((ms) => ms <= minutes * MINUTE).length / times.length;
    expect([coldAfter(4), coldAfter(8)]).toEqual([0, 1]);
    expect(coldAfter(5)).toBeCloseTo(0.2, 2);
    expect(coldAfter(6)).toBeCloseTo(0.88, 2);
    expect(coldAfter(7)).toBeGreaterThanOrEqual(0.985);
  });
});

function serviceOf(simulation: Simulation, changes: Partial<ServiceSettings> = {}) {
  return new FargateService(simulation, {
    vcpu: 0.5,
    minTasks: 2,
    maxTasks: 8,
    target: 0.6,
    startMs: () => 45_000,
    outAfter: 3,
    inAfter: 15,
    overloadMs: 1_000,
    ...changes,
  });
}

describe('a service on Fargate', () => {
  it('agrees with the formula of a shared processor when it does not scale', () => {
    const simulation = new Simulation();
    const random = new Random(8);
    const service = serviceOf(simulation, { vcpu: 1, minTasks: 1, maxTasks: 1, overloadMs: 1e9 });
    const { mean } = send(simulation, service, constant(60, 2 * HOUR), () => ({
      cpuMs: random.exponential(10),
      waitMs: 0,
    }));
    near(mean, sharedTimeMs(0.06, 10), 0.05);
  });

  it('adds tasks for the load, up to its maximum, and removes them later', () => {
    const simulation = new Simulation();
    const service = serviceOf(simulation);
    // 100 requests a second of 20 ms need 2 cores: 4 tasks of half a core, and 6.7 at 60 %.
    send(simulation, service, constant(100, HOUR), () => ({ cpuMs: 20, waitMs: 0 }));
    expect(service.reachedCap).toBe(false);
    const meanTasks = service.taskMs / simulation.now;
    expect(meanTasks).toBeGreaterThan(4);
    simulation.runUntil(simulation.now + 3 * HOUR);
    expect(service.processes()).toBe(2);
  });

  it('rejects what it cannot serve, and says that it wanted more tasks than it may have', () => {
    const simulation = new Simulation();
    const service = serviceOf(simulation, { maxTasks: 3 });
    const { endings, latencies } = send(simulation, service, constant(200, HOUR), () => ({
      cpuMs: 20,
      waitMs: 0,
    }));
    expect(service.reachedCap).toBe(true);
    expect(endings.overloaded).toBeGreaterThan(endings.ok);
    expect(Math.max(...latencies.slice(0, 10_000))).toBeLessThan(3_000);
  });
});

describe('a Web Function', () => {
  const webOf = (simulation: Simulation, maxEnvironments = 20) =>
    new WebFunction(simulation, {
      concurrency: 4,
      maxEnvironments,
      startMs: () => 800,
      idleMs: MINUTE,
      queueMs: 30_000,
    });

  it('serves many requests in one environment, and has none without traffic', () => {
    const simulation = new Simulation();
    const web = webOf(simulation);
    const { endings, cold } = send(simulation, web, constant(20, 10 * MINUTE), quick);
    expect(endings).toMatchObject({ throttled: 0, overloaded: 0 });
    expect(cold).toBeLessThan(60);
    expect(web.processes()).toBe(0);
    near(web.cpuMs, 5 * web.calls, 0.001);
  });

  it('adds environments when all are full, and is throttled when it has all that it may have', () => {
    const simulation = new Simulation();
    const slow = (): Work => ({ cpuMs: 0, waitMs: 10_000 });
    const { endings } = send(simulation, webOf(simulation, 2), constant(5, MINUTE), slow);
    // Two environments of four places, each ten seconds long.
    expect(endings.ok).toBeLessThanOrEqual(60);
    expect(endings.throttled).toBeGreaterThan(200);
  });
});

describe('a CDN cache', () => {
  it.each([0.6, 1, 1.3])('has the expected hit rate with the exponent %d', (exponent) => {
    const random = new Random(4);
    const [gaps, draws] = [random.split(), random.split()];
    const cache = new CdnCache(draws, { objects: 1_000, exponent, ttlMs: 60_000 });
    let now = 0;
    for (let n = 0; n < 100_000; n += 1) {
      now += gaps.exponential(100);
      cache.isHit(now);
    }
    near(cache.hits / cache.requests, expectedHitRate(1_000, exponent, 600), 0.02);
  });
});
