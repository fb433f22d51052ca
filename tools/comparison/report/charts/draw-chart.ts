import type { Canvas, Chart } from './chart.ts';
import { drawBars } from './draw-bars.ts';
import { drawIntervals } from './draw-intervals.ts';
import { drawLines } from './draw-lines.ts';

export function drawChart(chart: Chart, canvas: Canvas): string {
  switch (chart.kind) {
    case 'bars':
      return drawBars(chart, canvas);
    case 'intervals':
      return drawIntervals(chart, canvas);
    case 'lines':
      return drawLines(chart, canvas);
  }
}
