import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { PATIENT } from '../testing/patience.ts';
import { shopApp } from '../testing/shop-app.ts';

let app: FastifyInstance;
captureLog('error');
const start = async (ready?: () => Promise<void>) => {
  app = await shopApp(async () => {}, ready ? { ready: [ready] } : {});
  return app;
};
afterEach(async () => {
  vi.useRealTimers();
  await app.close();
});

describe('health', () => {
  it('is live as long as the process responds, even when a dependency fails', async () => {
    await start(() => Promise.reject(new Error('no table')));
    const answer = await app.inject('/catalog/health/live');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'live' }]);
  });

  it('is ready when its dependencies are reachable', async () => {
    await start(async () => {});
    const answer = await app.inject('/catalog/health/ready');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('is not ready when a dependency fails, and does not expose the reason', async () => {
    await start(() => Promise.reject(new Error('no table at 10.0.0.1')));
    const answer = await app.inject('/catalog/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: 'not-ready', reason: 'dependency-unavailable' });
  });

  it('is not ready until every check passes', async () => {
    app = await shopApp(async () => {}, {
      ready: [async () => {}, () => Promise.reject(new Error('no keys'))],
    });
    expect((await app.inject('/catalog/health/ready')).statusCode).toBe(503);
  });

  it('is not ready when the check times out', async () => {
    await start(() => new Promise(() => {}));
    await app.ready();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const pending = app.inject('/catalog/health/ready');
    await vi.waitUntil(() => vi.getTimerCount() > 0, PATIENT);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await pending).statusCode).toBe(503);
  });

  it('is live but not ready during shutdown', async () => {
    await start();
    app.readiness.stopping = true;
    expect((await app.inject('/catalog/health/ready')).json()).toEqual({
      status: 'not-ready',
      reason: 'stopping',
    });
    expect((await app.inject('/catalog/health/live')).statusCode).toBe(200);
  });
});
