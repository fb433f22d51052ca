import { expect, test } from 'vitest';
import { PartFindings } from './findings.ts';

const at = new Date('2026-11-22T12:00:00Z');
const findings = () => new PartFindings('latency', () => at);
const figure = { title: 'Placing an order', value: 12, unit: 'ms', origin: 'clock of the client' };

test('a figure’s id consists of part, target and key', () => {
  const part = findings();
  expect(part.figure({ ...figure, what: 'place-order/p95', target: 'hybrid' })).toBe(
    'latency/hybrid/place-order/p95',
  );
  expect(part.figure({ ...figure, what: 'noise' })).toBe('latency/all/noise');
});

test('a counted figure has an exact spread and is not indicative', () => {
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
])('a figure with %i samples is indicative: %s', (n, indicative) => {
  const part = findings();
  const sampled = { n, spread: { kind: 'ci95' as const, low: 10, high: 14 } };
  part.figure({ ...figure, what: 'p50', sampled });
  expect(part.figures[0]?.indicative).toBe(indicative);
});
