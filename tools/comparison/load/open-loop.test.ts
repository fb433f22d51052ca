import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENT_MS } from '@triptych/platform/testing/patience';
import { afterEach, expect, it } from 'vitest';
import { arrivalsOf } from './arrivals.ts';
import { runOpenLoop } from './open-loop.ts';

const stallMs = 500;
let close = () => {};
afterEach(() => close());

/** Answers immediately, but stalls for half a second at the first request after `stallAfterMs`. */
async function stallingServer(stallAfterMs: number) {
  const startedAt = performance.now();
  const stall = { untilMs: Number.NaN, requests: 0 };
  const server = createServer(async (_, response) => {
    const now = performance.now();
    if (now - startedAt >= stallAfterMs && Number.isNaN(stall.untilMs)) {
      stall.untilMs = now + stallMs;
    }
    if (now < stall.untilMs) {
      stall.requests += 1;
      // A timer counts whole milliseconds and may come before the clock says so.
      while (performance.now() < stall.untilMs) await sleep(stall.untilMs - performance.now());
    }
    response.end('done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, stall };
}

/** Sends one request on its own connection. */
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

// A busy machine stalls too, which only adds to what is waited: so what queueing says is the least, and exact but for that.
it('counts every request that waits during a stall, with the time that queueing theory predicts', async () => {
  const { port, stall } = await stallingServer(700);
  const arrivals = load(100, 20);
  const sentAt: number[] = [];
  const over = new AbortController();
  const beforeStart = performance.now();
  const samples = await runOpenLoop({
    arrivals,
    send: () => {
      // Until somebody is due for certain after the stall, which begins late where the machine stalled before.
      const { atMs = Number.NaN } = arrivals[sentAt.length] ?? {};
      if (beforeStart + atMs >= stall.untilMs) over.abort();
      sentAt.push(performance.now());
      return get(port);
    },
    timeoutMs: PATIENT_MS,
    maxInFlight: 200,
    signal: over.signal,
  });
  expect(samples).toHaveLength(sentAt.length);
  // When the load began, by its own account of one of them; a look at the clock may come late, hardly at all of them.
  const startedAt = Math.min(
    ...samples.map(({ intendedMs, lateMs }, index) => {
      return (sentAt[index] ?? Number.NaN) - (lateMs ?? Number.NaN) - intendedMs;
    }),
  );
  const slackMs = 5;
  const dueAt = (sample: (typeof samples)[number]) => startedAt + sample.intendedMs;
  const stallAt = stall.untilMs - stallMs;
  const caught = samples.filter((one) => dueAt(one) >= stallAt && dueAt(one) < stall.untilMs);
  // 100 per s, due within 500 ms.
  expect(Math.abs(caught.length - 50)).toBeLessThanOrEqual(2);
  for (const one of caught) {
    expect(one.latencyMs).toBeGreaterThanOrEqual(stall.untilMs - dueAt(one) - slackMs);
  }
  // Who comes t ms after its start waits 500 − t ms.
  for (const [ms, waiting] of [
    [100, 40],
    [250, 25],
    [400, 10],
  ] as const) {
    const slower = samples.filter(({ latencyMs }) => latencyMs > ms).length;
    expect(slower).toBeGreaterThanOrEqual(waiting - 2);
  }
});

it('a closed loop sees only one slow request in the same stall', async () => {
  const { port, stall } = await stallingServer(100);
  const isOver = () => performance.now() >= stall.untilMs;
  while (!isOver()) await get(port);
  await get(port);
  expect(stall.requests).toBe(1);
});

it('counts the wait for a free slot', async () => {
  const samples = await runOpenLoop({
    arrivals: Array.from({ length: 6 }, () => ({ atMs: 0, kind: 0 })),
    send: () => sleep(100),
    timeoutMs: PATIENT_MS,
    maxInFlight: 2,
  });
  const leastMs = [100, 100, 200, 200, 300, 300];
  for (const [index, { outcome, latencyMs, lateMs }] of samples.entries()) {
    expect(outcome).toBe('ok');
    const least = leastMs[index] ?? 0;
    expect(latencyMs).toBeGreaterThanOrEqual(least - 5);
    expect(lateMs).toBeGreaterThanOrEqual(least - 105);
  }
});

it('records requests that found no free slot in time', async () => {
  let sent = 0;
  const samples = await runOpenLoop({
    arrivals: Array.from({ length: 5 }, () => ({ atMs: 0, kind: 0 })),
    send: async (_, signal) => {
      sent += 1;
      await sleep(60_000, undefined, { signal });
    },
    timeoutMs: 150,
    maxInFlight: 2,
  });
  expect(samples).toHaveLength(5);
  expect(samples.every(({ latencyMs }) => latencyMs >= 140)).toBe(true);
  const unsent = samples.filter(({ outcome }) => outcome === 'unsent');
  const late = samples.filter(({ outcome }) => outcome === 'timeout');
  expect([late.length, late.length + unsent.length]).toEqual([sent, 5]);
  expect(unsent.every(({ lateMs }) => lateMs === undefined)).toBe(true);
});

it('times out and aborts slow requests, and distinguishes failures', async () => {
  let aborted = 0;
  const samples = await runOpenLoop<'hang' | 'fail', void>({
    arrivals: [
      { atMs: 0, kind: 'hang' },
      // Due together, or a machine that stalls between the two leaves this one no time to be sent.
      { atMs: 0, kind: 'fail' },
    ],
    send: async (kind, signal) => {
      signal.addEventListener('abort', () => {
        aborted += 1;
      });
      if (kind === 'fail') throw new Error('refused');
      await sleep(10_000, undefined, { signal });
    },
    timeoutMs: 1_000,
    maxInFlight: 5,
  });
  expect(samples.map(({ outcome }) => outcome)).toEqual(['timeout', 'failed']);
  expect(samples[1]?.error?.message).toBe('refused');
  expect(samples[0]?.latencyMs).toBeGreaterThanOrEqual(995);
  expect(aborted).toBeGreaterThanOrEqual(1);
});

it('sends nothing after an abort', async () => {
  const stop = new AbortController();
  let sent = 0;
  const samples = await runOpenLoop({
    arrivals: load(50, 10),
    send: async () => {
      sent += 1;
      if (sent === 3) stop.abort();
      await sleep(5);
    },
    timeoutMs: PATIENT_MS,
    maxInFlight: 5,
    signal: stop.signal,
  });
  expect(samples.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  expect(sent).toBe(3);
});

it('does not wait for later arrivals after an abort', async () => {
  const stop = new AbortController();
  const samples = await runOpenLoop({
    arrivals: [0, 600_000].map((atMs) => ({ atMs, kind: 0 })),
    send: async () => {
      await sleep(20);
      stop.abort();
    },
    timeoutMs: PATIENT_MS,
    maxInFlight: 5,
    signal: stop.signal,
  });
  expect(samples).toHaveLength(1);
});
