import { expect, it } from 'vitest';
import { doubling } from './doubling.ts';

const nextTry = doubling(5, 600);
const bounds = (seconds: number) => ({ least: Math.floor(seconds * 0.75), most: seconds });

it.each([
  [1, bounds(5)],
  [2, bounds(10)],
  [4, bounds(40)],
  [8, bounds(600)],
  [1_000_000, bounds(600)],
])('stays away for up to twice as long each time: receive %i', (receiveCount, { least, most }) => {
  const waits = Array.from({ length: 200 }, () => nextTry(receiveCount));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...waits)).toBeLessThanOrEqual(most);
  expect(waits.every(Number.isInteger)).toBe(true);
});

it('never comes back at once', () => {
  expect(doubling(0.1, 600)(1)).toBe(1);
});
