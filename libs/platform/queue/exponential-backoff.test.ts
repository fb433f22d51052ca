import { expect, it } from 'vitest';
import { exponentialBackoff } from './exponential-backoff.ts';

const delaySeconds = exponentialBackoff(5, 600);
const bounds = (seconds: number) => ({ least: Math.floor(seconds * 0.75), most: seconds });

it.each([
  [1, bounds(5)],
  [2, bounds(10)],
  [4, bounds(40)],
  [8, bounds(600)],
  [1_000_000, bounds(600)],
])('doubles the delay up to its maximum: receive %i', (receiveCount, { least, most }) => {
  const delays = Array.from({ length: 200 }, () => delaySeconds(receiveCount));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...delays)).toBeLessThanOrEqual(most);
  expect(delays.every(Number.isInteger)).toBe(true);
});

it('waits at least one second', () => {
  expect(exponentialBackoff(0.1, 600)(1)).toBe(1);
});
