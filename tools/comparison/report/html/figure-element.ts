import type { Figure } from '../../data/index.ts';
import { figureNote, formatSpread, formatValue } from '../format-figure.ts';
import { escapeHtml } from './escape.ts';

/** The one way a measured number gets into the page: with its id in `data.json`, and what is known of it as its title. */
export function figureElement(figure: Figure): string {
  const { number, unit } = formatValue(figure.value, figure.unit);
  const attributes = `value="${figure.value}" data-figure="${escapeHtml(figure.id)}" title="${escapeHtml(figureNote(figure))}"`;
  const suffix = unit === '' ? '' : `<span class="unit">${escapeHtml(unit)}</span>`;
  return `<data ${attributes}>${escapeHtml(number)}${suffix}</data>`;
}

/** Spread, n and whether it is only indicative, small; nothing for what was counted. */
export function figureMargin(figure: Figure): string {
  if (figure.spread.kind === 'exact' && !figure.indicative) return '';
  const spread = escapeHtml(formatSpread(figure)).replace('–', '–<wbr>');
  const indicative = figure.indicative ? ' <em>indicative</em>' : '';
  return `<small><span class="spread">${spread}</span> <span>n ${figure.n}</span>${indicative}</small>`;
}
