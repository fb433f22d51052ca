import { expect, test } from 'vitest';
import { PartFindings } from '../../../data/index.ts';
import { SHOOT_OUTS, shootOutFigures } from './figures.ts';

const spread = (median: number) => ({
  n: 30,
  min: median / 2,
  q1: median * 0.9,
  median,
  q3: median * 1.1,
  max: median * 2,
});

test('each named subject becomes a ratio with its rounds and interquartile range', () => {
  const [adapters] = SHOOT_OUTS;
  if (!adapters) throw new Error('there is no shoot-out of adapters');
  const findings = new PartFindings('shoot-outs', () => new Date(0));
  const found = {
    ratio: spread(8),
    control: spread(1),
    alsoOverBaseline: [
      { label: 'without a name, so not reported', spread: spread(5) },
      { name: 'inject', label: 'through inject', spread: spread(12) },
    ],
    costs: [
      { label: 'the adapter', spread: spread(80) },
      { label: 'the router', spread: spread(10) },
    ],
    unit: 'µs',
  };
  for (const figure of shootOutFigures(adapters, found, 0.25)) findings.figure(figure);
  expect(findings.figures.map(({ id, value }) => [id, value])).toEqual([
    ['shoot-outs/all/adapter/as-deployed', 8],
    ['shoot-outs/all/adapter/inject', 12],
    ['shoot-outs/all/adapter/control', 1],
    ['shoot-outs/all/adapter/baseline', 10],
  ]);
  expect(findings.figures[1]).toMatchObject({
    n: 30,
    indicative: false,
    unit: 'ratio',
    spread: { kind: 'iqr', low: 12 * 0.9, high: 12 * 1.1 },
  });
});
