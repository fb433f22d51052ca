import type { Target } from '../../data/index.ts';
import type { Chart } from '../charts/chart.ts';
import type { PartSection } from '../part-sections.ts';
import { chartFigure, foldedCharts } from './chart-figure.ts';
import { escapeHtml } from './escape.ts';
import { factTable, missingList } from './facts.ts';
import { figureTable } from './figure-table.ts';

const isDetail = (chart: Chart) => chart.kind === 'lines' && chart.detail === true;

const STATES = { done: '', partial: 'incomplete', 'not-run': 'not run' };

/** Renders one part: its question, charts, tables, facts and missing figures. */
export function partHtml(
  section: PartSection,
  targets: readonly Target[],
  number?: number,
): string {
  const { layout, state, tables, charts, facts, missing } = section;
  const mark = STATES[state] === '' ? '' : ` <span class="state">${STATES[state]}</span>`;
  const count = number === undefined ? '' : `<span class="number">${number}</span>`;
  const empty =
    tables.length + facts.length + missing.length === 0
      ? missingList([{ part: layout.id, what: 'This part', why: 'the run ended before this part' }])
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
