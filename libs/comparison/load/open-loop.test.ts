import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { arrivalsOf } from './arrivals.ts';
import { runOpenLoop } from './open-loop.ts';

const stallMs = 500;
let close = () => {};
afterEach(() => close());

/** Answers at once, but from the first request after `stallAfterMs` on nothing for half a second. */
async function stallingServer(stallAfterMs: number) {
  const startedAt = performance.now();
  let stallsUntil: number | undefined;
  const server = createServer(async (_, response) => {
    const now = performance.now();
    if (now - startedAt >= stallAfterMs) stallsUntil ??= now + stallMs;
    const waitMs = (stallsUntil ?? 0) - now;
    if (waitMs > 0) await sleep(waitMs);
    response.end('done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return (server.address() as AddressInfo).port;
}

/** One request on a connection of its own. */
const get = (port: number) =>
  new Promise<void>((resolve, reject) => {
    request({ port, host: '127.0.0.1' }, (response) => {
      response.resume().once('end', resolve);
    })
      .once('error', reject)
      .end();
  });

const load = (rate: number, seconds: number) =>
  arrivalsOf([{ rate, seconds }], { spacing: 'even', seed: 1 }).map((atMs) => ({ atMs, kind: 0 }));

// A machine that does something else meanwhile stalls too, and that is seen as well: so there is another try.
const oncePerQuietMoment = { retry: 4 };

it(
  'sees everybody who waits while a server stalls, each as long as queueing says',
  oncePerQuietMoment,
  async () => {
    const port = await stallingServer(700);
    const samples = await runOpenLoop({
      arrivals: load(100, 2),
      send: () => get(port),
      timeoutMs: 5_000,
      maxInFlight: 200,
    });
    expect(samples).toHaveLength(200);
    const slowerThan = (ms: number) => samples.filter(({ latencyMs }) => latencyMs > ms).length;
    // 100 per s arrive during 500 ms; who comes t ms after its start waits 500 − t ms.
    for (const [ms, waiting] of [
      [100, 40],
      [250, 25],
      [400, 10],
    ] as const) {
      expect(Math.abs(slowerThan(ms) - waiting)).toBeLessThanOrEqual(3);
    }
    expect(slowerThan(stallMs + 100)).toBe(0);
  },
);

it(
  'of which a closed loop, sending the next when the last was answered, would see one',
  oncePerQuietMoment,
  async () => {
    const port = await stallingServer(100);
    const latencies: number[] = [];
    for (let i = 0; i < 100; i += 1) {
      const since = performance.now();
      await get(port);
      latencies.push(performance.now() - since);
      await sleep(5);
    }
    expect(latencies.filter((ms) => ms > 100)).toHaveLength(1);
  },
);

it('counts the waiting for a free place, and says what could not be sent at all', async () => {
  const samples = await runOpenLoop({
    arrivals: load(50, 0.4),
    send: () => sleep(100),
    timeoutMs: 250,
    maxInFlight: 2,
  });
  // 20 arrive in 400 ms, but only 2 per 100 ms get through.
  expect(samples).toHaveLength(20);
  const outcomes = samples.map(({ outcome }) => outcome);
  expect(outcomes).toContain('unsent');
  expect(samples.every(({ latencyMs }) => latencyMs >= 95)).toBe(true);
  expect(samples[4]?.latencyMs).toBeGreaterThan(150);
  expect(samples.find(({ outcome }) => outcome === 'unsent')?.lateMs).toBeUndefined();
});

it('gives up what takes too long, tells failures apart, and aborts what it gave up', async () => {
  let aborted = 0;
  const samples = await runOpenLoop<'hang' | 'fail', void>({
    arrivals: [
      { atMs: 0, kind: 'hang' },
      { atMs: 5, kind: 'fail' },
    ],
    send: async (kind, signal) => {
      signal.addEventListener('abort', () => {
        aborted += 1;
      });
      if (kind === 'fail') throw new Error('refused');
      await sleep(10_000, undefined, { signal });
    },
    timeoutMs: 100,
    maxInFlight: 5,
  });
  expect(samples.map(({ outcome }) => outcome)).toEqual(['timeout', 'failed']);
  expect(samples[1]?.error?.message).toBe('refused');
  expect(samples[0]?.latencyMs).toBeGreaterThanOrEqual(95);
  expect(aborted).toBeGreaterThanOrEqual(1);
});

it('sends nothing more once it is told to stop', async () => {
  const samples = await runOpenLoop({
    arrivals: load(50, 10),
    send: () => sleep(5),
    timeoutMs: 1_000,
    maxInFlight: 5,
    signal: AbortSignal.timeout(200),
  });
  expect(samples.length).toBeGreaterThan(3);
  expect(samples.length).toBeLessThan(15);
});
