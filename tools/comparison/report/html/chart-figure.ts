import type { Target } from '../../data/index.ts';
import type { Chart } from '../charts/chart.ts';
import { drawChart } from '../charts/draw-chart.ts';
import { targetColors } from '../charts/target-colors.ts';
import { escapeHtml } from './escape.ts';

/** Widths in pixels for screens and paper, and for phones. Text has the same size in both. */
const WIDTHS = { wide: 860, narrow: 340 };

/** A legend with the colour of each target. */
export function legend(targets: readonly Target[]): string {
  const items = targets.map(
    ({ name }, at) => `<span class="target t${at}">${escapeHtml(name)}</span>`,
  );
  return `<p class="legend">${items.join('')}</p>`;
}

/** Detail charts, collapsed by default. */
export function foldedCharts(charts: readonly Chart[], targets: readonly Target[]): string {
  if (charts.length === 0) return '';
  const figures = charts.map((chart) => chartFigure(chart, targets)).join('\n');
  return `<details><summary>Curves: share of requests answered over time <span class="count">${charts.length} charts</span></summary>${figures}</details>`;
}

/** Draws a chart in two widths; the style sheet shows the one that fits. */
export function chartFigure(chart: Chart, targets: readonly Target[]): string {
  const color = targetColors(targets);
  const drawings = Object.entries(WIDTHS).map(([name, width]) => {
    const svg = drawChart(chart, { width, color });
    return `<div class="${name}">${svg.replace('<svg ', `<svg role="img" aria-label="${escapeHtml(chart.title)}" `)}</div>`;
  });
  const byLegend =
    (chart.kind === 'intervals' &&
      chart.rows.some(({ lanes }) => lanes.some(({ target }) => target !== 'all'))) ||
    (chart.kind === 'lines' && chart.lines[0]?.y.unit === 'share');
  const named = byLegend ? legend(targets) : '';
  return `<figure class="chart ${chart.kind}"><figcaption>${escapeHtml(chart.title)}</figcaption>${named}${drawings.join('')}</figure>`;
}
