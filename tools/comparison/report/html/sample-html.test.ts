import { expect, test } from 'vitest';
import type { PartId, ReportData } from '../../data/index.ts';
import { FigureIndex } from '../figure-index.ts';
import { atAGlance } from '../glance.ts';
import { reportMarkdown } from '../markdown/report-markdown.ts';
import { whatThisMeans } from '../meaning/index.ts';
import { partTitles } from '../part-sections.ts';
import { bursts, idle, type PartLayout } from '../parts/index.ts';
import { syntheticData } from '../testing/synthetic-data.ts';
import { figureTable } from './figure-table.ts';
import { meaningHtml } from './meaning-html.ts';
import { partHtml } from './part-html.ts';

const sample: ReportData = {
  ...syntheticData(),
  run: { ...syntheticData().run, startedAt: '2025-12-24T08:00:00.000Z' },
  machine: { ...syntheticData().machine, cpu: 'Sample CPU' },
};
/** The synthetic run without the results of some parts. */
function without(...parts: readonly PartId[]): ReportData {
  const data = syntheticData();
  const kept = ({ part }: { part: PartId }) => !parts.includes(part);
  const missing = parts.map((part) => ({ part, what: 'the whole part', why: 'time was short' }));
  return {
    ...data,
    parts: data.parts.map((part) =>
      parts.includes(part.id) ? { ...part, state: 'not-run' } : part,
    ),
    figures: data.figures.filter(kept),
    series: data.series.filter(kept),
    facts: data.facts.filter(kept),
    missing: [...data.missing.filter(kept), ...missing],
  };
}
const partOf = (data: ReportData, layout: PartLayout) =>
  partHtml(layout, new FigureIndex(data, sample));
/** The rows of the key figures. */
function glanceOf(data: ReportData): string {
  const index = new FigureIndex(data, sample);
  return figureTable({ title: 'Key figures', detail: false, rows: atAGlance(index) }, index);
}

test('a part that was not measured shows the figures of the sample, with its date and machine', () => {
  const section = partOf(without('bursts'), bursts);
  expect(section).toContain('time was short');
  expect(section).toContain('the sample report, measured on 2025-12-24, on Sample CPU, 2 cores');
  expect(section).toContain('data-sample="bursts/hybrid/cold-first-request/p50"');
  expect(section).not.toContain('data-figure');
});

test('a part that was measured shows nothing of the sample', () => {
  expect(partOf(without('bursts'), idle)).not.toContain('sample');
});

test('at a glance, a missing value is filled in and marked, and its row has no winner', () => {
  const data = syntheticData();
  const figures = data.figures.filter(({ id }) => id !== 'latency/serverless/browse/warm/p50');
  const rowOf = (html: string) => /Browse, warm, p50<\/th>.*?<\/tr>/.exec(html)?.[0] ?? '';
  const row = rowOf(glanceOf({ ...data, figures }));
  expect(row).toMatch(/data-sample="latency\/serverless\/browse.*<em>sample<\/em>/);
  expect(row).not.toContain('class="best"');
  expect(rowOf(glanceOf(data))).toContain('class="best"');
  expect(glanceOf(data)).not.toContain('data-sample');
});

test('a remote target is not filled in from the local sample', () => {
  const data = without('idle');
  const targets = data.targets.map((target) => ({ ...target, kind: 'remote' as const }));
  expect(glanceOf(data)).toContain('data-sample');
  expect(glanceOf({ ...data, targets })).not.toContain('data-sample');
});

test('a sentence about something that was not measured quotes the sample', () => {
  const data = without('idle');
  const rows = whatThisMeans(new FigureIndex(data, sample), partTitles);
  const section = meaningHtml(rows, data.targets);
  expect(section).toMatch(/Memory used without traffic: not measured .* In the sample report: /);
  expect(section).toContain('data-sample="idle/hybrid/memory"');
});

test('the Markdown report shows and labels the sample too', () => {
  const markdown = reportMarkdown(without('bursts'), { sample });
  expect(markdown).toContain('## 4 · Cold start and burst (not measured)');
  expect(markdown).toMatch(/\*\*Sample\.\*\* .*2025-12-24, on Sample CPU/);
  expect(markdown).toMatch(/First request after idle, p50 \|.*\(sample\)/);
});
