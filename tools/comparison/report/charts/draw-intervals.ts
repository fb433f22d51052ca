import type {
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
} from 'echarts';
import type { Figure } from '../../data/index.ts';
import { formatValue, shownText, shownValue } from '../format-figure.ts';
import { axisRange } from './axis-range.ts';
import type { Canvas, IntervalChart } from './chart.ts';
import { drawSvg, ink, quietAxis } from './draw-svg.ts';
import {
  extentOf,
  LABEL_GAP,
  labelled,
  layOut,
  type PlacedLabel,
  type PlacedLane,
  ROW_LABEL_PX,
  VALUE_LABEL_PX,
} from './interval-layout.ts';

const AXIS_HEIGHT = 44;

type ToX = (value: number) => number;

/**
 * Draws a lane: the interval of the first value, a line through all values, dots, and labels at both ends. The labels are
 * outside of everything that the lane draws.
 */
function drawLane({ lane, y }: PlacedLane, x: ToX, canvas: Canvas): CustomSeriesRenderItemReturn {
  const { figures, target } = lane;
  const [first] = figures;
  const last = figures.at(-1);
  if (!first || !last) return null;
  const color = canvas.color(target);
  const line = (from: number, to: number, width: number, opacity: number) => ({
    type: 'line' as const,
    shape: { x1: x(from), x2: x(to), y1: y, y2: y },
    style: { stroke: color, lineWidth: width, opacity },
  });
  const text = (figure: Figure, at: number, align: 'left' | 'right') => ({
    type: 'text' as const,
    x: at,
    y,
    style: {
      text: shownValue(figure),
      fill: ink.text,
      align,
      verticalAlign: 'middle' as const,
      font: `${VALUE_LABEL_PX}px sans-serif`,
      // Keeps grid lines out of the text.
      backgroundColor: ink.paper,
      padding: [1, 2],
    },
  });
  const [lowest, highest] = extentOf(lane);
  const { left, right } = labelled(lane);
  return {
    type: 'group',
    children: [
      line(first.value, last.value, 1.5, 0.55),
      line(first.spread.low, first.spread.high, 5, 0.3),
      ...figures.map((figure, position) => ({
        type: 'circle' as const,
        shape: { cx: x(figure.value), cy: y, r: position === 0 ? 4.5 : 3 },
        style:
          position === 0 ? { fill: color } : { fill: ink.paper, stroke: color, lineWidth: 1.5 },
      })),
      ...(left ? [text(left, x(lowest) - LABEL_GAP, 'right')] : []),
      ...(right ? [text(right, x(highest) + LABEL_GAP, 'left')] : []),
    ],
  };
}

const drawLabel = ({ lines, y }: PlacedLabel): CustomSeriesRenderItemReturn => ({
  type: 'text',
  x: 0,
  y,
  style: {
    text: lines.join('\n'),
    fill: ink.text,
    font: `${ROW_LABEL_PX}px sans-serif`,
    align: 'left',
    verticalAlign: 'middle',
  },
});

/** Draws rows of lanes on one axis, which is logarithmic if the values span a wide range. */
export function drawIntervals(chart: IntervalChart, canvas: Canvas): string {
  const { unit } = chart;
  const { narrow, lanes, labels, height, left, right } = layOut(chart, canvas.width);
  const { log, min, max } = axisRange(lanes.flatMap(({ lane }) => extentOf(lane)));
  const custom = (
    count: number,
    item: (at: number, x: ToX) => CustomSeriesRenderItemReturn | undefined,
  ) => ({
    type: 'custom',
    silent: true,
    clip: false,
    data: Array.from({ length: count }, (_, at) => [min, at]),
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
      item(params.dataIndex, (value) => api.coord([Math.max(value, min), 0])[0] ?? 0) ?? null,
  });
  return drawSvg(
    {
      grid: { left, right, top: 0, height },
      xAxis: {
        ...quietAxis,
        type: log ? 'log' : 'value',
        min,
        max,
        name: unit === 'ratio' ? '' : unit,
        nameLocation: 'middle',
        nameGap: 26,
        splitNumber: narrow ? 3 : 6,
        splitLine: { ...quietAxis.splitLine, showMinLine: !log, showMaxLine: false },
        axisLabel: {
          ...quietAxis.axisLabel,
          showMinLabel: !log,
          showMaxLabel: false,
          hideOverlap: true,
          formatter: (value: number) =>
            unit === 'ratio'
              ? shownText(formatValue(value, unit))
              : formatValue(value, unit).number,
        },
      },
      yAxis: { type: 'value', show: false, min: 0, max: Math.max(1, lanes.length), inverse: true },
      series: [
        custom(labels.length, (at) => labels[at] && drawLabel(labels[at])),
        custom(lanes.length, (at, x) => lanes[at] && drawLane(lanes[at], x, canvas)),
      ],
    },
    canvas.width,
    height + AXIS_HEIGHT,
  );
}
