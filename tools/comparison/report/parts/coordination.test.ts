import { COORDINATIONS } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { PartFindings, type ReportData } from '../../data/index.ts';
import { reportHtml } from '../html/report-html.ts';
import { reportMarkdown } from '../markdown/report-markdown.ts';
import { syntheticData } from '../testing/synthetic-data.ts';

/** A run in which the first coordination is twice as fast and cheap as each other one. */
function run({ noiseMs }: { noiseMs: number }): ReportData {
  const findings = new PartFindings('coordination', () => new Date('2026-01-01T00:00:00Z'));
  for (const [at, target] of COORDINATIONS.entries()) {
    const add = (what: string, value: number, unit: string) => {
      const spread = { kind: 'ci95' as const, low: value * 0.97, high: value * 1.03 };
      const sampled = { n: 40, spread };
      const origin = 'invented for tests';
      findings.figure({ what, target, title: what, value, unit, sampled, origin, better: 'lower' });
    };
    const factor = at === 0 ? 1 : 2;
    add('order-confirmed/p50', 80 * factor, 'ms');
    add('usd-per-million-orders', 30 * factor, 'USD');
    add('noise/p50', noiseMs, 'ms');
    findings.fact({ target, subject: 'A stuck order', text: `the view of ${target}` });
  }
  const data = syntheticData();
  const parts = [
    ...data.parts,
    { id: 'coordination' as const, state: 'done' as const, seconds: 9 },
  ];
  return {
    ...data,
    parts,
    figures: [...data.figures, ...findings.figures],
    facts: [...data.facts, ...findings.facts],
  };
}

/** The ids of the part's figures in bold. */
const winners = (data: ReportData) =>
  [
    ...reportHtml(data).matchAll(/class="best"><data [^>]*data-figure="(coordination\/[^"]+)"/g),
  ].map(([, id]) => id);

test('has a column for each coordination', () => {
  const data = run({ noiseMs: 2 });
  const markdown = reportMarkdown(data);
  expect(markdown).toContain(`|  | ${COORDINATIONS.join(' | ')} |`);
  expect(markdown).toContain(
    `| A stuck order | ${COORDINATIONS.map((name) => `the view of ${name}`).join(' | ')} |`,
  );
  const html = reportHtml(data);
  for (const { id } of data.figures) expect(html).toContain(`data-figure="${id}"`);
});

test('names a winner of a time only if its own noise control is quiet', () => {
  const time = 'coordination/events/order-confirmed/p50';
  const cost = 'coordination/events/usd-per-million-orders';
  expect(winners(run({ noiseMs: 2 }))).toEqual(expect.arrayContaining([time, cost]));
  expect(winners(run({ noiseMs: 14 }))).toContain(cost);
  expect(winners(run({ noiseMs: 14 }))).not.toContain(time);
});
