import type { Figure } from '../../data/index.ts';
import type { FigureIndex, Source } from '../figure-index.ts';
import type { Row, Table } from '../parts/index.ts';
import { escapeHtml } from './escape.ts';
import { figureElement, figureMargin } from './figure-element.ts';

const SAMPLE_MARK = '<small><em>sample</em></small>';

/** The figure that is clearly better than all others; `undefined` if there is none, or if the row is incomplete. */
function bestOf({ figures, standIns = [] }: Row, index: FigureIndex) {
  return standIns.length > 0 ? undefined : index.judge(figures).winner;
}

function cell(row: Row, target: string, best: Figure | undefined, source: Source): string {
  const figure = row.figures.find((candidate) => candidate.target === target);
  if (figure) {
    const mark = figure === best ? ' class="best"' : '';
    return `<td${mark}>${figureElement(figure, source)}${figureMargin(figure)}</td>`;
  }
  const standIn = row.standIns?.find((candidate) => candidate.target === target)?.figure;
  if (!standIn) return '<td class="none"><span title="not measured">–</span></td>';
  return `<td class="sample">${figureElement(standIn, 'sample')}${SAMPLE_MARK}</td>`;
}

function line(row: Row, index: FigureIndex): string {
  const { targets, source } = index;
  const label = `<th scope="row">${escapeHtml(row.label)}</th>`;
  const [only] = row.figures;
  if (only && row.figures.every(({ target }) => target === undefined)) {
    const whole = `<td colspan="${targets.length}" class="shared">${figureElement(only, source)}${figureMargin(only)}</td>`;
    return `<tr>${label}${whole}</tr>`;
  }
  const best = bestOf(row, index);
  return `<tr>${label}${targets.map(({ name }) => cell(row, name, best, source)).join('')}</tr>`;
}

const hasTarget = ({ figures, standIns = [] }: Row) =>
  standIns.length > 0 || figures.some(({ target }) => target !== undefined);

/** A table with a column per target; a detail table is collapsed by default. */
export function figureTable({ title, detail, rows }: Table, index: FigureIndex): string {
  const { targets } = index;
  const heads = rows.some(hasTarget)
    ? targets
        .map(({ name }, at) => `<th scope="col" class="target t${at}">${escapeHtml(name)}</th>`)
        .join('')
    : `<td colspan="${targets.length}"></td>`;
  const caption = detail ? '' : `<caption>${escapeHtml(title)}</caption>`;
  const body = rows.map((row) => line(row, index)).join('\n');
  const table = `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table class="figures">${caption}<thead><tr><td></td>${heads}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
  if (!detail) return table;
  return `<details><summary>${escapeHtml(title)} <span class="count">${rows.length} ${rows.length === 1 ? 'row' : 'rows'}</span></summary>${table}</details>`;
}
