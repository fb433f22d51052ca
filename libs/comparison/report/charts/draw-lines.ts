import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { Series } from '../../data/index.ts';
import { formatValue, shownText } from '../format-figure.ts';
import type { Canvas, LineChart } from './chart.ts';
import { drawSvg, ink, quietAxis } from './draw-svg.ts';

const height = 300;

/** What a logarithmic axis cannot show is left out. */
function pointsOf({ x, y, points }: Series) {
  return points
    .filter((point) => (!x.log || point.x > 0) && (!y.log || point.y > 0))
    .toSorted((a, b) => a.x - b.x);
}

/** The interval of a line as a pale band behind it. */
function band(series: Series, canvas: Canvas) {
  const points = pointsOf(series).filter(
    ({ low, high }) => low !== undefined && high !== undefined && (!series.y.log || low > 0),
  );
  if (points.length < 2) return [];
  return [
    {
      type: 'custom',
      silent: true,
      data: [[points[0]?.x, points[0]?.y]],
      renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => ({
        type: 'polygon',
        shape: {
          points: [
            ...points.map(({ x, high = 0 }) => api.coord([x, high])),
            ...points.toReversed().map(({ x, low = 0 }) => api.coord([x, low])),
          ],
        },
        style: { fill: canvas.color(series.target), opacity: 0.14 },
      }),
    },
  ];
}

/** Lines with their names at their ends. */
export function drawLines({ lines }: LineChart, canvas: Canvas): string {
  const [first] = lines;
  if (!first) return '';
  const narrow = canvas.width < 600;
  const axis = (of: Series['x']) => ({
    ...quietAxis,
    type: of.log ? 'log' : 'value',
    name: `${of.title}${of.unit && of.unit !== 'count' ? ` (${of.unit})` : ''}`,
    axisLabel: {
      ...quietAxis.axisLabel,
      hideOverlap: true,
      formatter: (value: number) =>
        of.unit.startsWith('USD')
          ? formatValue(value, 'USD').number
          : shownText(formatValue(value, 'count')),
    },
  });
  const xs = lines.flatMap((line) => pointsOf(line).map(({ x }) => x));
  return drawSvg(
    {
      grid: { left: 56, right: narrow ? 88 : 110, top: 34, bottom: 48 },
      xAxis: {
        ...axis(first.x),
        nameLocation: 'middle',
        nameGap: 30,
        min: Math.min(...xs),
        max: Math.max(...xs),
        splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: ink.line } },
      },
      yAxis: {
        ...axis(first.y),
        nameLocation: 'end',
        nameTextStyle: { ...quietAxis.nameTextStyle, align: 'left', padding: [0, 0, 4, -50] },
      },
      series: lines.flatMap((series) => [
        ...band(series, canvas),
        {
          type: 'line',
          silent: true,
          showSymbol: pointsOf(series).length <= 12,
          symbol: 'circle',
          symbolSize: 5,
          lineStyle: { color: canvas.color(series.target), width: 2 },
          itemStyle: { color: canvas.color(series.target) },
          data: pointsOf(series).map(({ x, y }) => [x, y]),
          endLabel: {
            show: true,
            formatter: series.target ?? series.title,
            color: canvas.color(series.target),
            fontSize: 11,
            fontWeight: 600,
            distance: 6,
          },
          labelLayout: { moveOverlap: 'shiftY' },
        },
      ]),
    },
    canvas.width,
    height,
  );
}
