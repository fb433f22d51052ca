import { expect, it } from 'vitest';
import { statusMatcher } from './health-check.ts';

it.each([
  ['200', [200], [201, 404]],
  ['200,204', [200, 204], [201]],
  ['200-299', [200, 250, 299], [300, 199]],
])('matches statuses with %s', (text, healthy, unhealthy) => {
  const matches = statusMatcher(text);
  expect(healthy.every(matches)).toBe(true);
  expect(unhealthy.some(matches)).toBe(false);
});
