import type { Chart } from '../charts/chart.ts';
import type { FigureIndex } from '../figure-index.ts';
import { columnsOf, isEmpty, type PartSection, partSection, stateWords } from '../part-sections.ts';
import type { PartLayout } from '../parts/index.ts';
import { sampleNote } from '../sample-label.ts';
import { chartFigure, foldedCharts } from './chart-figure.ts';
import { escapeHtml } from './escape.ts';
import { factTable, missingList } from './facts.ts';
import { figureTable } from './figure-table.ts';

const isDetail = (chart: Chart) => chart.kind === 'lines' && chart.detail === true;

function contents({ tables, charts, facts }: PartSection, index: FigureIndex): string[] {
  const { targets } = index;
  return [
    ...charts.filter((chart) => !isDetail(chart)).map((chart) => chartFigure(chart, targets)),
    ...tables.map((table) => figureTable(table, index)),
    foldedCharts(charts.filter(isDetail), targets),
    factTable(facts, targets),
  ];
}

/** The sample's version of a part that the run did not measure; empty if there is none. */
function sampleHtml(layout: PartLayout, sample: FigureIndex | undefined): string {
  if (!sample) return '';
  const view = columnsOf(layout, sample);
  const section = partSection(layout, view);
  if (isEmpty(section)) return '';
  const pieces = contents(section, view).filter((piece) => piece !== '');
  return `<div class="sample"><p class="sample-note"><b>Sample.</b> ${escapeHtml(sampleNote(sample.data))}</p>\n${pieces.join('\n')}</div>`;
}

/** Renders one part: its question, charts, tables, facts and missing figures. A part without results shows the sample's. */
export function partHtml(layout: PartLayout, index: FigureIndex, number?: number): string {
  const view = columnsOf(layout, index);
  const section = partSection(layout, view);
  const { missing } = section;
  const state = stateWords[section.state];
  const mark = state === '' ? '' : ` <span class="state">${state}</span>`;
  const count = number === undefined ? '' : `<span class="number">${number}</span>`;
  const why = 'the run ended before this part';
  const listed =
    isEmpty(section) && missing.length === 0
      ? [{ part: layout.id, what: 'This part', why }]
      : missing;
  const pieces = [
    ...contents(section, view),
    missingList(listed),
    isEmpty(section) ? sampleHtml(layout, index.sample) : '',
  ];
  return `<section id="${layout.id}" class="part">
<h2>${count}${escapeHtml(layout.title)}${mark}</h2>
<p class="asks">${escapeHtml(layout.asks)}</p>
${pieces.filter((piece) => piece !== '').join('\n')}
</section>`;
}
