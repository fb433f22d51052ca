import { expect, test } from 'vitest';
import { formatValue, rounded, shownText } from './format-figure.ts';

test.each([
  [12.345, 'ms', '12.3~ms'],
  [1234.5, 'ms', '1,235~ms'],
  [0.0123, 's', '0.0123~s'],
  [0, 'count', '0'],
  [4, 'count', '4'],
  [4_100_000, 'requests/month', '4.1~M requests a month'],
  [1536, 'bytes', '1.5~KiB'],
  [9_400_000, 'bytes', '8.96~MiB'],
  [0.256, 'share', '25.6~%'],
  [0.62, 'ratio', '0.62~×'],
  [12.5, 'USD/month', '$12.50 a month'],
  [0.00042, 'USD', '$0.00042'],
  [30_048.4, 'USD/month', '$30,048 a month'],
  [3.5, '1/s', '3.5~per s'],
  [27.6, 'ms per s', '27.6~ms per s'],
])('%d %s reads %s, where ~ is a space that does not break', (value, unit, text) => {
  expect(shownText(formatValue(value, unit))).toBe(text.replace('~', '\u00a0'));
});

test('a number introduced by "about" has two digits', () => {
  expect([39.5e6, 4, 0.123].map(rounded)).toEqual([40e6, 4, 0.12]);
});
