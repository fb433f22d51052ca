import { expect, it } from 'vitest';
import { throttle } from './throttle.ts';

it('allows a burst, and then requests at the rate', () => {
  const isAllowed = throttle({ ratePerSecond: 10, burst: 3 });
  expect([0, 0, 0, 0].map(isAllowed)).toEqual([true, true, true, false]);
  expect([100, 100, 200].map(isAllowed)).toEqual([true, false, true]);
});

it('accumulates no more tokens than the burst', () => {
  const isAllowed = throttle({ ratePerSecond: 10, burst: 2 });
  isAllowed(0);
  expect([60_000, 60_000, 60_000].map(isAllowed)).toEqual([true, true, false]);
});
