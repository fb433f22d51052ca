import { expect, test } from 'vitest';
import { PartFindings } from '../../../data/index.ts';
import { addMissingP99, addQuantiles } from './add-quantiles.ts';

const added = (samplesMs: readonly number[]) => {
  const findings = new PartFindings('latency');
  const complete = addQuantiles(findings, {
    target: 'hybrid',
    what: 'browse/warm',
    title: 'Browsing, warm',
    samplesMs,
    origin: 'a test',
    seed: 1,
  });
  return { findings, complete };
};

test('latencies become quantiles with intervals and a curve that ends at 1', () => {
  const { findings, complete } = added(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(complete).toBe(true);
  expect(findings.figures.map(({ id }) => id)).toEqual([
    'latency/hybrid/browse/warm/p50',
    'latency/hybrid/browse/warm/p95',
    'latency/hybrid/browse/warm/p99',
  ]);
  const [p50] = findings.figures;
  expect(p50?.value).toBe(100.5);
  expect(p50?.spread.low).toBeLessThan(100.5);
  expect(p50?.spread.high).toBeGreaterThan(100.5);
  expect(p50).toMatchObject({ n: 200, unit: 'ms', indicative: false });
  expect(findings.series[0]?.points.at(-1)?.y).toBe(1);
});

test('fewer than a hundred samples have no p99, which is reported once', () => {
  const { findings, complete } = added([1, 2, 3]);
  expect(complete).toBe(false);
  expect(findings.figures.map(({ id }) => id.split('/').at(-1))).toEqual(['p50', 'p95']);
  expect(findings.figures[0]?.indicative).toBe(true);
  addMissingP99(findings, 'hybrid', ['Browsing, warm']);
  expect(findings.missing).toHaveLength(1);
});

test('without samples there is a reason instead of a figure', () => {
  const { findings } = added([]);
  expect(findings.figures).toEqual([]);
  expect(findings.missing[0]).toMatchObject({ target: 'hybrid', what: 'Browsing, warm' });
});
