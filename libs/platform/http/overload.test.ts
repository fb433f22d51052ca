import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { shopApp } from '../testing/shop-app.ts';

captureLog('error');
let app: FastifyInstance;
afterEach(() => app.close());

/** Blocks the event loop for longer than the limit, in two turns so that the delay is measured. */
async function blockEventLoop(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    const until = performance.now() + 1_200;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('overload', () => {
  it('gets 503 in a container, except for health checks, and never in a function', async () => {
    const routes = async (scope: FastifyInstance) => void scope.get('/catalog/x', async () => ({}));
    app = await shopApp(routes as never, { pressure: true });
    const inFunction = await shopApp(routes as never);
    await Promise.all([app.ready(), inFunction.ready()]);
    expect((await app.inject('/catalog/x')).statusCode).toBe(200);
    await blockEventLoop();
    const refused = await app.inject('/catalog/x');
    expect([refused.statusCode, refused.json().code]).toEqual([503, 'overloaded']);
    expect(refused.headers['retry-after']).toBe('2');
    // Without it, a page cannot read the code and Retry-After.
    expect(refused.headers['access-control-allow-origin']).toBe('*');
    expect((await app.inject('/catalog/health/live')).statusCode).toBe(200);
    expect((await inFunction.inject('/catalog/x')).statusCode).toBe(200);
    await inFunction.close();
  });
});
