import { describe, expect, it } from 'vitest';
import { negated, sum } from './decimal.ts';

describe('sum', () => {
  it.each([
    ['1', '2', '3'],
    ['0.1', '0.2', '0.3'],
    ['1.5', '-1.5', '0'],
    ['-0.5', '0.25', '-0.25'],
    ['99999999999999999999999999999999999999', '-1', '99999999999999999999999999999999999998'],
  ])('of %s and %s is %s', (a, b, total) => {
    expect(sum(a, b)).toBe(total);
  });

  it('rejects more than 38 significant digits, and too large numbers', () => {
    expect(() => sum('12345678901234567890', `0.${'1'.repeat(20)}`)).toThrow(
      '38 significant digits',
    );
    const large = `9${'0'.repeat(125)}`;
    expect(() => sum(large, large)).toThrow('Number overflow');
  });
});

it('negates a number', () => {
  expect(negated('1.5')).toBe('-1.5');
  expect(negated('-1.5')).toBe('1.5');
});
