import { UserError } from '@triptych/base/user-error';
import { VARIANTS } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../cost/index.ts';
import { simulationFindings } from './findings.ts';
import { mixOf } from './mix.ts';
import { renderSimulation } from './render-text.ts';
import { simulateAll, WEB_TARGET } from './simulate-all.ts';
import { simulateFlags } from './simulate-flags.ts';
import { sized } from './sized-traffic.ts';
import { figuresOf, inventoryOf } from './testing/small-shop.ts';

const billables = VARIANTS.map((variant) => ({
  target: variant,
  inventory: inventoryOf(variant) as Inventory,
}));
const run = (...args: string[]) => simulateAll(billables, figuresOf(), simulateFlags(args));

describe('a simulation of all variants', () => {
  it('gives the same bytes for the same seed, and others for another seed', () => {
    const bytes = (seed: string) =>
      JSON.stringify(simulationFindings(run('--duration', '5m', '--seed', seed).results));
    expect(bytes('3')).toBe(bytes('3'));
    expect(bytes('3')).not.toBe(bytes('4'));
  });

  it('shows what each variant does: tasks, cold starts, and pictures from the CDN', () => {
    const { results } = run('--duration', '20m', '--rate', '20');
    const of = (target: string) => results.find((one) => one.target === target);
    expect(results.map(({ target }) => target).toSorted()).toEqual(
      [...VARIANTS, WEB_TARGET].toSorted(),
    );
    expect(of('microservices')).toMatchObject({ coldShare: 0, failedShare: 0, meanTasks: 8 });
    expect(of('serverless')?.coldShare).toBeGreaterThan(0);
    expect(of('hybrid')?.cdnHitRate).toBeGreaterThan(0.5);
    expect(of('microservices')?.cdnHitRate).toBeUndefined();
    // Everything waits for one start; later requests share an environment.
    expect(of(WEB_TARGET)?.coldShare).toBeLessThan(of('serverless')?.coldShare ?? 0);
    for (const { orderConfirmed, steps } of results) {
      expect(orderConfirmed.count).toBeGreaterThan(0);
      expect(steps.browse.latencies.quantile(0.5)).toBeGreaterThan(5);
    }
  });

  it('finds the limit of each: capped tasks reject, functions are throttled by the account', () => {
    const all = run(
      '--rate',
      '900',
      '--duration',
      '20m',
      '--max-requests',
      '60000',
      '--orders-share',
      '0',
    );
    const microservices = all.results.find(({ target }) => target === 'microservices');
    expect(microservices?.failedShare).toBeGreaterThan(0.1);
    const serverless = run('--rate', '300', '--duration', '10s', '--assume', 'accountConcurrency=5')
      .results[1];
    expect(serverless?.failedShare).toBeGreaterThan(0.1);
  });

  it('says when the traffic was shortened, and what half of the time changes', () => {
    const all = run('--rate', '50', '--duration', '1h', '--max-requests', '10000');
    expect(all.shortened).toBeCloseTo(18, 5);
    expect([...all.errors.keys()]).toHaveLength(4);
    const text = renderSimulation(all, new Map());
    expect(text).toContain('of 180,000 requests');
    expect(text).toContain('A run of half that length changes');
  });

  it('keeps what is done when it is stopped', () => {
    let calls = 0;
    const all = simulateAll(billables, figuresOf(), simulateFlags(['--duration', '10m']), {
      isStopped: () => {
        calls += 1;
        return calls > 5;
      },
    });
    expect(all.results[0]?.moments).toHaveLength(5);
    expect(all.results[0]?.requests).toBeGreaterThan(0);
  });

  it('names the figures that a report lacks', () => {
    const figures = figuresOf().filter(({ id }) => id !== 'work/hybrid/cpu/browse');
    const { missing, results } = simulateAll(
      billables,
      figures,
      simulateFlags(['--duration', '10s']),
    );
    expect(missing).toEqual([
      { target: 'hybrid', why: 'the report has no work/hybrid/cpu/browse' },
    ]);
    expect(results).toHaveLength(3);
  });
});

describe('shortened traffic', () => {
  it('has the same rates in less time', () => {
    const { traffic, durationMs } = simulateFlags(['--traffic', 'day', '--rate', '100']);
    const short = sized(traffic, { durationMs, cv: 1, maxRequests: 86_400 });
    expect(short.shortened).toBeCloseTo(100, 0);
    expect(short.durationMs).toBeCloseTo(864_000, -4);
  });

  it('of given times is their beginning', () => {
    const traffic = { timesMs: [0, 10, 20, 30] };
    expect(sized(traffic, { durationMs: 31, cv: 1, maxRequests: 2 })).toMatchObject({
      durationMs: 11,
      wholeRequests: 4,
    });
  });
});

describe('the flags of a simulation', () => {
  it('have defaults', () => {
    const options = simulateFlags([]);
    expect(options).toMatchObject({ durationMs: 3_600_000, cv: 1, seed: 1 });
    expect(options.mix).toEqual(mixOf(0.03, 0.3));
    expect(simulateFlags(['--traffic', 'week']).durationMs).toBe(7 * 86_400_000);
  });

  it.each([
    [['--traffic', 'sine'], 'there is no file "sine"'],
    [['--rate', 'many'], '--rate takes a number'],
    [['--duration', '5'], '--duration takes 1s to 366d'],
    [['--orders-share', '0.5'], '--orders-share and --pictures-share'],
    [['--cv=-1'], '--cv takes a number'],
    [['--assume', 'luck=1'], '--assume takes NAME=N'],
    [['day'], 'flags only'],
  ])('%j are rejected in one line', (args, message) => {
    const parse = () => simulateFlags(args);
    expect(parse).toThrow(UserError);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow('\n');
  });
});
