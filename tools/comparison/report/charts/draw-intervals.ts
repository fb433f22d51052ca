import type {
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
} from 'echarts';
import { formatValue, shownText } from '../format-figure.ts';
import { axisRange } from './axis-range.ts';
import type { Canvas, IntervalChart, Lane } from './chart.ts';
import { drawSvg, ink, quietAxis } from './draw-svg.ts';

const laneHeight = 17;
const rowGap = 16;
const axisHeight = 44;
const besideRows = 175;
const labelSpace = 64;
/** Below this width a row's label stands above its lanes. */
const narrow = 600;

interface Placed {
  readonly lane: Lane;
  readonly y: number;
}

/** A whisker for the interval of the first value, a thin line to the others, dots, and the first and last value in words. */
function drawLane(
  { lane: { figures, target }, y }: Placed,
  x: (value: number) => number,
  canvas: Canvas,
): CustomSeriesRenderItemReturn {
  const [first] = figures;
  const last = figures.at(-1);
  if (!first || !last) return null;
  const color = canvas.color(target);
  const line = (from: number, to: number, width: number, opacity: number) => ({
    type: 'line' as const,
    shape: { x1: x(from), x2: x(to), y1: y, y2: y },
    style: { stroke: color, lineWidth: width, opacity },
  });
  const text = (value: number, unit: string, side: 'left' | 'right') => ({
    type: 'text' as const,
    x: x(value) + (side === 'left' ? -8 : 8),
    y,
    style: {
      text: shownText(formatValue(value, unit)),
      fill: ink.text,
      align: side === 'left' ? ('right' as const) : ('left' as const),
      verticalAlign: 'middle' as const,
      font: '11px sans-serif',
    },
  });
  const rightmost = Math.max(last.value, figures.length === 1 ? first.spread.high : last.value);
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
      ...(figures.length > 1 ? [text(first.value, first.unit, 'left')] : []),
      { ...text(last.value, last.unit, 'right'), x: x(rightmost) + 8 },
    ],
  };
}

/** Rows of lanes over one axis, logarithmic where values span more than a decade and a half. */
export function drawIntervals({ rows, unit }: IntervalChart, canvas: Canvas): string {
  const above = canvas.width < narrow;
  const left = above ? 8 : besideRows;
  const placed: Placed[] = [];
  const headings: { label: string; y: number }[] = [];
  let y = 4;
  for (const { label, lanes } of rows) {
    if (above) y += 16;
    headings.push({ label, y: above ? y - 6 : y + (lanes.length * laneHeight) / 2 });
    for (const lane of lanes) {
      placed.push({ lane, y: y + laneHeight / 2 });
      y += laneHeight;
    }
    // Long labels take more lines than few lanes have room for.
    const lines = above ? 1 : Math.ceil(label.length / 26);
    y += rowGap + Math.max(0, lines * 15 - lanes.length * laneHeight - rowGap / 2);
  }
  const values = placed.flatMap(({ lane }) =>
    lane.figures.flatMap(({ value, spread }, position) =>
      position === 0 ? [value, spread.low, spread.high] : [value],
    ),
  );
  const several = placed.some(({ lane }) => lane.figures.length > 1);
  const { log, min, max } = axisRange(values);
  const grid = {
    left: left + (several ? 48 : 6),
    right: labelSpace,
    top: 0,
    height: y,
  };
  const heading = (at: number): CustomSeriesRenderItemReturn => {
    const row = headings[at];
    if (!row) return null;
    return {
      type: 'text',
      x: 0,
      y: row.y,
      style: {
        text: row.label,
        fill: ink.text,
        font: '12px sans-serif',
        align: 'left',
        verticalAlign: 'middle',
        width: above ? canvas.width : besideRows - 24,
        overflow: 'break',
      },
    };
  };
  const custom = (
    count: number,
    item: (at: number, x: (value: number) => number) => CustomSeriesRenderItemReturn,
  ) => ({
    type: 'custom',
    silent: true,
    clip: false,
    data: Array.from({ length: count }, (_, at) => [min, at]),
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
      item(params.dataIndex, (value) => api.coord([Math.max(value, min), 0])[0] ?? 0),
  });
  return drawSvg(
    {
      grid,
      xAxis: {
        ...quietAxis,
        type: log ? 'log' : 'value',
        min,
        max,
        name: unit === 'ratio' ? '' : unit,
        nameLocation: 'middle',
        nameGap: 26,
        splitNumber: above ? 3 : 6,
        axisLabel: {
          ...quietAxis.axisLabel,
          showMinLabel: !log,
          showMaxLabel: false,
          formatter: (value: number) =>
            unit === 'ratio'
              ? shownText(formatValue(value, unit))
              : formatValue(value, unit).number,
        },
      },
      yAxis: { type: 'value', show: false, min: 0, max: Math.max(1, placed.length), inverse: true },
      series: [
        custom(headings.length, (at) => heading(at)),
        custom(placed.length, (at, x) => {
          const lane = placed[at];
          return lane ? drawLane(lane, x, canvas) : null;
        }),
      ],
    },
    canvas.width,
    y + axisHeight,
  );
}
