import { expect, test } from 'vitest';
import type { Figure } from '../data/index.ts';
import { formatSpread, formatValue, rounded, shownText } from './format-figure.ts';

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
  [-0.79, 'ms', '−0.79~ms'],
])('%d %s reads %s, where ~ is a space that does not break', (value, unit, text) => {
  expect(shownText(formatValue(value, unit))).toBe(text.replace('~', '\u00a0'));
});

test('a number introduced by "about" has two digits', () => {
  expect([39.5e6, 4, 0.123].map(rounded)).toEqual([40e6, 4, 0.12]);
});

test.each([
  [[14.7, 17.2], 'ms', '14.7–17.2'],
  [[-10, 2.6], 'ms', '−10 to 2.6'],
  [[18.4e6, 1e9], 'requests/month', '18.4~M–1~bn'],
  [[171.9, 172.1], 'USD/month', ''],
] as const)('an interval of %j %s reads %s', ([low, high], unit, text) => {
  const spread = { kind: 'ci95' as const, low, high };
  const figure = { spread, unit } as Figure;
  expect(formatSpread(figure).replaceAll('\u00a0', '~').replaceAll(' requests a month', '')).toBe(
    text,
  );
});
