import { expect, test } from 'vitest';
import { cpuFindings, overBaseline } from './over-baseline.ts';

const baseline = [10, 10, 10];

test('costs and parts are multiples of the baseline in each round', () => {
  const { times, part } = overBaseline(baseline);
  expect(times('all', [20, 30, 40])).toMatchObject({ label: 'all', spread: { median: 3 } });
  expect(part('more', [20, 30, 40], [10, 10, 10]).spread).toMatchObject({ median: 2, n: 3 });
});

test('findings contain the ratio, the A/A control and both costs', () => {
  const rest = [overBaseline(baseline).part('a part', [15, 15, 15], baseline)];
  const found = cpuFindings(
    { subject: [40, 40, 40], baseline, again: [11, 11, 11] },
    { subject: 'ours', baseline: 'theirs' },
    { alsoOverBaseline: [], rest },
  );
  expect(found).toMatchObject({
    ratio: { median: 4 },
    control: { median: 1.1 },
    costs: [
      { label: 'ours', spread: { median: 40 } },
      { label: 'theirs', spread: { median: 10 } },
    ],
    unit: 'µs',
    rest: [{ spread: { median: 0.5 } }],
  });
});
