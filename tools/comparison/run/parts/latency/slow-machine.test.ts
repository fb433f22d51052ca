import { VARIANTS } from '@triptych/context-map';
import { afterEach, expect, test, vi } from 'vitest';
import type { Journey } from '../../../workloads/index.ts';
import type { LoadThread } from '../../load-thread/load-thread.ts';
import type { LoadBlock, LoadSample } from '../../load-thread/messages.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';
import { measureCold } from './cold-rounds.ts';
import { Collected } from './collected.ts';
import { InitDurations } from './init-durations.ts';
import type { OpenedTarget } from './opened-targets.ts';
import { measureWarm } from './warm-rounds.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));
afterEach(() => vi.restoreAllMocks());

/** Makes every look at the clock a minute later than the last one. */
function slowClock(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 60_000;
    return now;
  });
}

const context = {
  ...{ mode: 'quick', seed: 1, signal: new AbortController().signal, progress: () => {} },
} as unknown as PartContext;

/** Targets whose requests are all answered, by a process that was just started. */
function targets(): OpenedTarget[] {
  const step = { traceId: 'a', acceptedMs: 20, confirmedMs: 160 };
  const answer = async () => step;
  const journey = { browse: answer, newPicture: answer, logIn: answer, order: answer };
  return VARIANTS.map((name) => {
    const cloud = { processes: () => [], limitSandboxes: () => () => {} };
    const logs = { spans: () => [{ name: 'GET /', cold: true }], tail: () => [] };
    const local = { shop: { cloud, logs }, makeCold: async () => {} };
    const target = { name, variant: name, baseUrl: `http://${name}.invalid`, local };
    return {
      target: target as unknown as ComparedTarget,
      journey: { ...journey, fixtures: {} } as unknown as Journey,
    };
  });
}

/** A load generator that answers every arrival, or fails for the named target. */
function generator(failing?: string): LoadThread {
  const send = async ({ baseUrl, arrivals }: LoadBlock): Promise<LoadSample[]> => {
    if (failing !== undefined && baseUrl.includes(failing)) throw new Error('no answer in time');
    return arrivals.map(({ kind }) => ({
      ...{ kind, outcome: 'ok', latencyMs: 160, lateMs: 0 },
      result: undefined,
    })) as unknown as LoadSample[];
  };
  return { send } as unknown as LoadThread;
}

const warm = (collected: Collected, failing?: string) =>
  measureWarm({
    opened: targets().map(({ target: { local: _, ...remote }, journey }) => ({
      target: remote as ComparedTarget,
      journey,
    })),
    ...{ generator: generator(failing), noise: { baseUrl: 'http://noise.invalid' } as never },
    ...{ collected, context, blockSeconds: 3, warmUpSeconds: 2, until: 0 },
  });

test('each target gets a whole round of the load, even if time was up before', async () => {
  slowClock();
  const collected = new Collected();
  expect(await warm(collected)).toBe(1);
  for (const name of VARIANTS) {
    for (const step of ['browse', 'picture', 'log-in', 'place-order', 'order-confirmed']) {
      expect(collected.of(name, `${step}/warm`).length, `${name}, ${step}`).toBeGreaterThan(0);
    }
    expect(collected.of(name, 'noise').length).toBeGreaterThan(0);
  }
});

test('a target whose load fails does not end the measurement of the others', async () => {
  slowClock();
  const collected = new Collected();
  await warm(collected, 'serverless');
  expect(collected.of('hybrid', 'order-confirmed/warm').length).toBeGreaterThan(0);
  expect(collected.failures('serverless')).toEqual([
    { message: 'a block of the load: no answer in time', times: 1 },
  ]);
});

test('cold requests are repeated once, even if time was up before', async () => {
  slowClock();
  const collected = new Collected();
  await measureCold({
    ...{ opened: targets(), collected, inits: new InitDurations(), context },
    ...{ rounds: 5, until: 0 },
  });
  for (const name of VARIANTS) expect(collected.of(name, 'order-confirmed/cold')).toHaveLength(2);
});
