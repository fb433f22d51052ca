import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

const answers: number[] = [];
const send = vi.fn(async () => {
  const status = answers.shift() ?? 500;
  return new Response(status === 204 ? null : '{}', { status });
});

type Support = typeof import('./accounts.ts') &
  typeof import('./products.ts') &
  typeof import('./stripe-events.ts');
let support: Support;
beforeAll(async () => {
  vi.stubEnv('TRIPTYCH_TARGET', 'http://shop.example');
  const modules = [import('./accounts.ts'), import('./products.ts'), import('./stripe-events.ts')];
  support = Object.assign({}, ...(await Promise.all(modules)));
});
beforeEach(() => {
  vi.stubGlobal('fetch', send);
  vi.stubGlobal('setTimeout', (callback: () => void) => setImmediate(callback));
});
afterEach(() => {
  vi.unstubAllGlobals();
  send.mockClear();
  answers.length = 0;
});

it.each([
  ['a log-in', 401, () => support.attemptLogIn('a@shop.example', 'wrong')],
  ['a log-out', 204, () => support.logOut('token')],
  ['a receipt of stock', 200, () => support.book('token', 'lamp', 'receipt', 1)],
  ['an event', 200, () => support.sendEvent('{}', 't=1,v1=0')],
])('repeats %s that has no answer', async (_what, status, request) => {
  answers.push(503, 502, status);
  expect((await request()).status).toBe(status);
  expect(send).toHaveBeenCalledTimes(3);
});

it('does not repeat a refresh, which would end the session', async () => {
  answers.push(503, 200);
  expect((await support.refresh('token')).status).toBe(503);
  expect(send).toHaveBeenCalledTimes(1);
});
