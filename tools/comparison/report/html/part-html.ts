import type { Target } from '../../data/index.ts';
import type { Chart } from '../charts/chart.ts';
import type { PartSection } from '../part-sections.ts';
import { chartFigure, foldedCharts } from './chart-figure.ts';
import { escapeHtml } from './escape.ts';
import { factTable, missingList } from './facts.ts';
import { figureTable } from './figure-table.ts';

const isDetail = (chart: Chart) => chart.kind === 'lines' && chart.detail === true;

const states = { done: '', partial: 'in part', 'not-run': 'not run' };

/** One part: what it asks, what was found, drawn and in figures, and what is not known. */
export function partHtml(
  section: PartSection,
  targets: readonly Target[],
  number?: number,
): string {
  const { layout, state, tables, charts, facts, missing } = section;
  const mark = states[state] === '' ? '' : ` <span class="state">${states[state]}</span>`;
  const count = number === undefined ? '' : `<span class="number">${number}</span>`;
  const empty =
    tables.length + facts.length + missing.length === 0
      ? missingList([{ part: layout.id, what: 'This part', why: 'the run ended before it' }])
      : '';
  return `<section id="${layout.id}" class="part">
<h2>${count}${escapeHtml(layout.title)}${mark}</h2>
<p class="asks">${escapeHtml(layout.asks)}</p>
${[
  ...charts.filter((chart) => !isDetail(chart)).map((chart) => chartFigure(chart, targets)),
  ...tables.map((table) => figureTable(table, targets)),
  foldedCharts(charts.filter(isDetail), targets),
  factTable(facts, targets),
  missingList(missing),
  empty,
]
  .filter((piece) => piece !== '')
  .join('\n')}
</section>`;
}
