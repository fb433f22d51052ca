import type { Target } from '../../data/index.ts';
import { leaders } from '../overlap.ts';
import type { Row, Table } from '../parts/index.ts';
import { escapeHtml } from './escape.ts';
import { figureElement, figureMargin } from './figure-element.ts';

type Targets = readonly Target[];

/** The figure that is clearly better than all others; `undefined` if there is none. */
function bestOf({ figures }: Row) {
  const better = figures[0]?.better;
  if (!better || figures.length < 2) return undefined;
  const [best, second] = leaders(figures, better);
  return second ? undefined : best;
}

function cell(row: Row, target: string | undefined): string {
  const figure = row.figures.find((candidate) => candidate.target === target);
  if (!figure) return '<td class="none"><span title="not measured">–</span></td>';
  const best = figure === bestOf(row) ? ' class="best"' : '';
  return `<td${best}>${figureElement(figure)}${figureMargin(figure)}</td>`;
}

function line(row: Row, targets: Targets): string {
  const label = `<th scope="row">${escapeHtml(row.label)}</th>`;
  const shared = row.figures.every(({ target }) => target === undefined);
  const [only] = row.figures;
  if (shared && only) {
    const whole = `<td colspan="${targets.length}" class="shared">${figureElement(only)}${figureMargin(only)}</td>`;
    return `<tr>${label}${whole}</tr>`;
  }
  return `<tr>${label}${targets.map(({ name }) => cell(row, name)).join('')}</tr>`;
}

/** A table with a column per target; a detail table is collapsed by default. */
export function figureTable({ title, detail, rows }: Table, targets: Targets): string {
  const ofTargets = rows.some(({ figures }) => figures.some(({ target }) => target !== undefined));
  const heads = ofTargets
    ? targets
        .map(({ name }, at) => `<th scope="col" class="target t${at}">${escapeHtml(name)}</th>`)
        .join('')
    : `<td colspan="${targets.length}"></td>`;
  const caption = detail ? '' : `<caption>${escapeHtml(title)}</caption>`;
  const body = rows.map((row) => line(row, targets)).join('\n');
  const table = `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table class="figures">${caption}<thead><tr><td></td>${heads}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
  if (!detail) return table;
  return `<details><summary>${escapeHtml(title)} <span class="count">${rows.length} ${rows.length === 1 ? 'row' : 'rows'}</span></summary>${table}</details>`;
}
