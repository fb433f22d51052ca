import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { Series } from '../../data/index.ts';
import { formatValue, shownText } from '../format-figure.ts';
import type { Canvas, LineChart } from './chart.ts';
import { drawSvg, ink, quietAxis } from './draw-svg.ts';

const HEIGHT = 300;
/** A longer series is thinned to this many points. */
const MAX_POINTS = 150;

/** The points to draw, without those that a logarithmic axis cannot show. */
function pointsOf({ x, y, points }: Series) {
  const shown = points
    .filter((point) => (!x.log || point.x > 0) && (!y.log || point.y > 0))
    .toSorted((a, b) => a.x - b.x);
  const every = Math.ceil(shown.length / MAX_POINTS);
  return shown.filter((_, at) => at % every === 0 || at === shown.length - 1);
}

/** Draws the interval of a line as a pale band behind it. */
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

/** Units shown at each number of an axis; other units appear once, in the axis title. */
const AXIS_UNITS = ['USD', 'share'];

/** The title of an axis with its unit: `requests a month`, `answered within, ms`. */
function axisName({ title, unit }: Series['x']): string {
  if (/^(count|share|)$/.test(unit)) return title;
  const words = unit.replace('/', ' a ');
  return words.startsWith(title) ? words : `${title}, ${words}`;
}

/** Draws lines with names at their ends. Curves of shares all end at the same height, so they get a legend instead. */
export function drawLines({ lines }: LineChart, canvas: Canvas): string {
  const [first] = lines;
  if (!first) return '';
  const narrow = canvas.width < 600;
  const named = first.y.unit !== 'share';
  const axis = (of: Series['x']) => ({
    ...quietAxis,
    type: of.log ? 'log' : 'value',
    name: axisName(of),
    axisLabel: {
      ...quietAxis.axisLabel,
      hideOverlap: true,
      formatter: (value: number) =>
        shownText(
          formatValue(value, AXIS_UNITS.find((unit) => of.unit.startsWith(unit)) ?? 'count'),
        ),
    },
  });
  const xs = lines.flatMap((line) => pointsOf(line).map(({ x }) => x));
  return drawSvg(
    {
      grid: { left: 64, right: named ? (narrow ? 100 : 112) : 16, top: 34, bottom: 48 },
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
            show: named,
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
    HEIGHT,
  );
}
