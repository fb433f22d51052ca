import { expect, test } from 'vitest';
import { PartFindings } from './findings.ts';

const at = new Date('2026-11-22T12:00:00Z');
const findings = () => new PartFindings('latency', () => at);
const figure = { title: 'Placing an order', value: 12, unit: 'ms', origin: 'clock of the client' };

test('a figure is found by part, target and what it is of', () => {
  const part = findings();
  expect(part.figure({ ...figure, what: 'place-order/p95', target: 'hybrid' })).toBe(
    'latency/hybrid/place-order/p95',
  );
  expect(part.figure({ ...figure, what: 'noise' })).toBe('latency/all/noise');
});

test('what was counted has itself as its spread and is no mere indication', () => {
  const part = findings();
  part.figure({ ...figure, what: 'count' });
  expect(part.figures[0]).toMatchObject({
    n: 1,
    spread: { kind: 'exact', low: 12, high: 12 },
    indicative: false,
    at: at.toISOString(),
  });
});

test.each([
  [29, true],
  [30, false],
])('of %i samples a figure is indicative: %s', (n, indicative) => {
  const part = findings();
  const sampled = { n, spread: { kind: 'ci95' as const, low: 10, high: 14 } };
  part.figure({ ...figure, what: 'p50', sampled });
  expect(part.figures[0]?.indicative).toBe(indicative);
});
