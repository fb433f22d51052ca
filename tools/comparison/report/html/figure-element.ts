import type { Figure } from '../../data/index.ts';
import { figureNote, formatSpread, formatValue } from '../format-figure.ts';
import { escapeHtml } from './escape.ts';

/** Renders a measured number with its id in `data.json` and a tooltip. All numbers in the page go through here. */
export function figureElement(figure: Figure): string {
  const { number, unit } = formatValue(figure.value, figure.unit);
  const attributes = `value="${figure.value}" data-figure="${escapeHtml(figure.id)}" title="${escapeHtml(figureNote(figure))}"`;
  const suffix = unit === '' ? '' : `<span class="unit">${escapeHtml(unit)}</span>`;
  return `<data ${attributes}>${escapeHtml(number)}${suffix}</data>`;
}

/** Renders spread, n and the indicative mark in small type; empty for a counted figure. */
export function figureMargin(figure: Figure): string {
  if (figure.spread.kind === 'exact' && !figure.indicative) return '';
  const spread = escapeHtml(formatSpread(figure)).replace('–', '–<wbr>');
  const indicative = figure.indicative ? ' <em>indicative</em>' : '';
  return `<small><span class="spread">${spread}</span> <span>n ${figure.n}</span>${indicative}</small>`;
}
