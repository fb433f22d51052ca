import { expect, it } from 'vitest';
import { throttle } from './throttle.ts';

it('lets a burst pass, then no more than the rate', () => {
  const mayPass = throttle({ ratePerSecond: 10, burst: 3 });
  expect([0, 0, 0, 0].map(mayPass)).toEqual([true, true, true, false]);
  expect([100, 100, 200].map(mayPass)).toEqual([true, false, true]);
});

it('does not save up more than the burst', () => {
  const mayPass = throttle({ ratePerSecond: 10, burst: 2 });
  mayPass(0);
  expect([60_000, 60_000, 60_000].map(mayPass)).toEqual([true, true, false]);
});
