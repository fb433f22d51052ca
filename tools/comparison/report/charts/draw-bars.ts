import { formatValue, shownText } from '../format-figure.ts';
import type { BarChart, Canvas } from './chart.ts';
import { drawSvg, ink } from './draw-svg.ts';

const headingHeight = 26;
const barHeight = 20;
const gap = 18;
const labelWidth = 74;

/** Panels in columns; a bar per target, labelled with its value. */
export function drawBars({ panels }: BarChart, canvas: Canvas): string {
  const columns = Math.min(panels.length, Math.max(1, Math.floor(canvas.width / 270)));
  const width = canvas.width / columns;
  const bars = Math.max(...panels.map(({ figures }) => figures.length));
  const panelHeight = headingHeight + bars * barHeight + gap;
  const at = (position: number) => ({
    left: (position % columns) * width,
    top: Math.floor(position / columns) * panelHeight,
  });
  const most = panels.map(({ figures }) => Math.max(...figures.map(({ value }) => value), 0) || 1);
  const nameWidth = 100;
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
        left: at(position).left + nameWidth,
        top: at(position).top + headingHeight,
        width: width - nameWidth - labelWidth,
        height: figures.length * barHeight,
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
        axisLabel: { color: ink.soft, fontSize: 11, width: nameWidth - 10, overflow: 'truncate' },
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
            fontSize: 12,
            formatter: shownText(formatValue(value, unit)),
          },
        })),
      })),
    },
    canvas.width,
    Math.ceil(panels.length / columns) * panelHeight,
  );
}
