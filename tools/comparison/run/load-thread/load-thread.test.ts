import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PATIENT, PATIENT_MS } from '@triptych/platform/testing/patience';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LoadThread } from './load-thread.ts';
import type { LoadBlock } from './messages.ts';

/** A shop in a thread that counts requests and answers each one. */
const source = `
  const { createServer } = require('node:http');
  const { parentPort, workerData } = require('node:worker_threads');
  const asked = new Int32Array(workerData);
  const server = createServer((request, response) => {
    Atomics.add(asked, 0, 1);
    Atomics.notify(asked, 0);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
const asked = new Int32Array(new SharedArrayBuffer(4));
let shop: Worker;
let baseUrl: string;
let generator: LoadThread;

beforeEach(async () => {
  asked[0] = 0;
  shop = new Worker(source, { eval: true, workerData: asked.buffer });
  const [port] = (await once(shop, 'message')) as [number];
  baseUrl = `http://127.0.0.1:${port}`;
  generator = new LoadThread();
});
afterEach(async () => {
  await Promise.all([generator.stop(), shop.terminate()]);
});

const block = (given: Partial<LoadBlock> = {}): LoadBlock => ({
  baseUrl,
  fixtures: { accounts: [], assortment: { sold: [], pictures: ['p1'] } },
  arrivals: Array.from({ length: 5 }, (_, index) => ({ atMs: index * 10, kind: 'browse' })),
  timeoutMs: 5_000,
  maxInFlight: 10,
  ...given,
});
const never = new AbortController().signal;

test('sends while the main thread is blocked', async () => {
  const sent = generator.send(block(), never);
  for (let seen = 0; seen < 5; seen = asked[0] ?? 0) {
    expect(Atomics.wait(asked, 0, seen, PATIENT_MS)).not.toBe('timed-out');
  }
  const samples = await sent;
  expect(samples.map((sample) => sample?.outcome)).toEqual(Array(5).fill('ok'));
  expect(samples[0]?.result).toHaveProperty('traceId');
});

test('sends noise arrivals to the noise control', async () => {
  const arrivals = [{ atMs: 0, kind: 'noise' as const }];
  const [sample] = await generator.send(block({ arrivals, noiseUrl: baseUrl }), never);
  expect(sample).toMatchObject({ kind: 'noise', outcome: 'ok' });
  const [without] = await generator.send(block({ arrivals }), never);
  expect(without?.error?.message).toBe('the noise control has no URL');
});

test('an abort ends a block early and keeps its samples', async () => {
  const stop = new AbortController();
  const arrivals = [0, 60_000].map((atMs) => ({ atMs, kind: 'browse' as const }));
  const sent = generator.send(block({ arrivals }), stop.signal);
  await expect.poll(() => asked[0], PATIENT).toBe(1);
  stop.abort();
  const samples = await sent;
  expect(samples.filter((sample) => sample !== undefined)).toHaveLength(1);
  expect((await generator.send(block(), never)).map((sample) => sample?.outcome)).toHaveLength(5);
});

test('sending to a stopped generator fails at once', async () => {
  await generator.stop();
  await expect(generator.send(block(), never)).rejects.toThrow(/load generator ended/);
});
