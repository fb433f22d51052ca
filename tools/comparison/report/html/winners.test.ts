import { expect, test } from 'vitest';
import { MIN_SAMPLES, type ReportData } from '../../data/index.ts';
import { FigureIndex } from '../figure-index.ts';
import { whatThisMeans } from '../meaning/index.ts';
import { isNoiseControl } from '../noise-control.ts';
import { partTitles, tenParts } from '../part-sections.ts';
import { tablesOf } from '../parts/index.ts';
import { syntheticData } from '../testing/synthetic-data.ts';
import { figureTable } from './figure-table.ts';

/** The synthetic run with a noise control of 83 ms beside one target and 14 ms beside the others, as on a busy machine. */
function busyRun() {
  const data = syntheticData();
  const [noise] = data.figures.filter(({ id }) => id === 'latency/all/noise/p50');
  if (!noise) throw new Error('the synthetic data has no noise control');
  const beside = data.targets.map(({ name }) => {
    const value = name === 'microservices' ? 83 : 14;
    const spread = { kind: 'ci95' as const, low: value * 0.9, high: value * 1.1 };
    return { ...noise, id: `latency/${name}/noise/p50`, target: name, value, spread };
  });
  return { ...data, figures: [...data.figures, ...beside] };
}
/** The ids of the figures in bold, in all tables of all parts. */
function winners(data: ReportData): string[] {
  const index = new FigureIndex(data);
  const tables = tenParts.flatMap((layout) => tablesOf(layout, index));
  const html = tables.map((table) => figureTable(table, index)).join('');
  return [...html.matchAll(/class="best"><data [^>]*data-figure="([^"]+)"/g)].map(
    ([, id = '']) => id,
  );
}

test('on a quiet machine, times and counts have winners', () => {
  const ids = winners(syntheticData());
  expect(ids).toContain('latency/microservices/browse/warm/p50');
  expect(ids).toContain('complexity/microservices/deployables');
});

test('on a busy machine, no time has a winner; counts and bills still have', () => {
  const ids = winners(busyRun());
  const units = new Map(busyRun().figures.map(({ id, unit }) => [id, unit]));
  expect(ids.filter((id) => /^(ms|s)\b/.test(units.get(id) ?? ''))).toEqual([]);
  expect(ids).toContain('complexity/microservices/deployables');
  expect(ids.some((id) => id.startsWith('cost/'))).toBe(true);
});

test('the noise control, single measurements and small samples never win', () => {
  for (const data of [syntheticData(), busyRun()]) {
    const few = data.figures.filter(({ n, spread }) => spread.kind !== 'exact' && n < MIN_SAMPLES);
    const never = new Set([...few, ...data.figures.filter(isNoiseControl)].map(({ id }) => id));
    expect(never.size).toBeGreaterThan(20);
    expect(winners(data).filter((id) => never.has(id))).toEqual([]);
  }
});

test('a sentence says why there is no verdict', () => {
  const rows = whatThisMeans(new FigureIndex(busyRun()), partTitles);
  const texts = rows
    .flatMap(({ sentences }) => sentences)
    .map(({ words }) => words.filter((word) => typeof word === 'string').join(''));
  expect(texts).toContainEqual(
    expect.stringMatching(/^Median latency of browsing.*No verdict: the machine was busy/),
  );
  expect(texts).toContainEqual(
    expect.stringMatching(/^Worst-case recovery time.*No verdict: too few samples/),
  );
});
