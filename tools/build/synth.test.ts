import { expect, it } from 'vitest';
import { reasonIn } from './synth.ts';

it('returns the first line that states the error', () => {
  expect(reasonIn('(node:7) x\nTypeError: no such stack\n    at here')).toBe('(node:7) x');
  expect(reasonIn('\nTypeError: no such stack\n    at here')).toBe('TypeError: no such stack');
  expect(reasonIn('')).toBeUndefined();
});

it('appends the list that follows a line with a colon', () => {
  const stderr =
    'The settings are wrong:\n- A is not an address\n- B is not a number\n\nNode.js v24\n';
  expect(reasonIn(stderr)).toBe('The settings are wrong: A is not an address; B is not a number');
  expect(reasonIn('All of it:')).toBe('All of it:');
});
