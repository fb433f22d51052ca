import { shownValue } from '../format-figure.ts';
import type { BarChart, Canvas } from './chart.ts';
import { drawSvg, ink } from './draw-svg.ts';
import { textWidth } from './wrap-text.ts';

const HEADING_HEIGHT = 26;
const BAR_HEIGHT = 20;
const GAP = 18;
const LABEL_PX = 12;
const LABEL_GAP = 8;
const NAME_WIDTH = 100;

/** Draws panels in columns, with a labelled bar per target. */
export function drawBars({ panels }: BarChart, canvas: Canvas): string {
  const columns = Math.min(panels.length, Math.max(1, Math.floor(canvas.width / 270)));
  const width = canvas.width / columns;
  const labels = panels.flatMap(({ figures }) => figures.map(shownValue));
  const labelWidth = Math.max(...labels.map((text) => textWidth(text, LABEL_PX))) + LABEL_GAP;
  const bars = Math.max(...panels.map(({ figures }) => figures.length));
  const panelHeight = HEADING_HEIGHT + bars * BAR_HEIGHT + GAP;
  const at = (position: number) => ({
    left: (position % columns) * width,
    top: Math.floor(position / columns) * panelHeight,
  });
  const most = panels.map(({ figures }) => Math.max(...figures.map(({ value }) => value), 0) || 1);
  return drawSvg(
    {
      title: panels.map(({ label }, position) => ({
        text: label,
        left: at(position).left,
        top: at(position).top,
        padding: [4, 0],
        textStyle: { fontFamily: 'inherit', fontSize: 12, fontWeight: 600, color: ink.text },
      })),
      grid: panels.map(({ figures }, position) => ({
        left: at(position).left + NAME_WIDTH,
        top: at(position).top + HEADING_HEIGHT,
        width: width - NAME_WIDTH - labelWidth,
        height: figures.length * BAR_HEIGHT,
      })),
      xAxis: panels.map((_, position) => ({
        type: 'value',
        gridIndex: position,
        show: false,
        min: 0,
        max: most[position],
      })),
      yAxis: panels.map(({ figures }, position) => ({
        type: 'category',
        gridIndex: position,
        inverse: true,
        data: figures.map(({ target }) => target ?? 'all'),
        axisLine: { lineStyle: { color: ink.line } },
        axisTick: { show: false },
        axisLabel: { color: ink.soft, fontSize: 11, width: NAME_WIDTH - 10, overflow: 'truncate' },
      })),
      series: panels.map(({ figures }, position) => ({
        type: 'bar',
        silent: true,
        xAxisIndex: position,
        yAxisIndex: position,
        barWidth: 11,
        data: figures.map(({ value, unit, target }) => ({
          value,
          itemStyle: { color: canvas.color(target) },
          label: {
            show: true,
            position: 'right',
            color: ink.text,
            fontSize: LABEL_PX,
            formatter: shownValue({ value, unit }),
          },
        })),
      })),
    },
    canvas.width,
    Math.ceil(panels.length / columns) * panelHeight,
  );
}
