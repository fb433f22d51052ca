import type { Figure } from '../../data/index.ts';
import type { Source } from '../figure-index.ts';
import { figureNote, formatSpread, formatValue } from '../format-figure.ts';
import { escapeHtml } from './escape.ts';

/**
 * Renders a measured number with its id in `data.json` and a tooltip. All numbers in the page go through here.
 * @param source a figure of the sample report has another attribute, because this run's data does not contain it
 */
export function figureElement(figure: Figure, source: Source = 'run'): string {
  const { number, unit } = formatValue(figure.value, figure.unit);
  const [attribute, origin] = source === 'run' ? ['data-figure', ''] : ['data-sample', 'Sample: '];
  const title = escapeHtml(origin + figureNote(figure));
  const suffix = unit === '' ? '' : `<span class="unit">${escapeHtml(unit)}</span>`;
  return `<data value="${figure.value}" ${attribute}="${escapeHtml(figure.id)}" title="${title}">${escapeHtml(number)}${suffix}</data>`;
}

/** Renders spread, n and the indicative mark in small type; empty for a counted figure. */
export function figureMargin(figure: Figure): string {
  if (figure.spread.kind === 'exact' && !figure.indicative) return '';
  const spread = escapeHtml(formatSpread(figure)).replace('–', '–<wbr>');
  const indicative = figure.indicative ? ' <em>indicative</em>' : '';
  const interval = spread && `<span class="spread">${spread}</span> `;
  return `<small>${interval}<span>n ${figure.n}</span>${indicative}</small>`;
}
