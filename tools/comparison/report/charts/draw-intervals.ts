import type {
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
} from 'echarts';
import { formatValue, shownText } from '../format-figure.ts';
import { axisRange } from './axis-range.ts';
import type { Canvas, IntervalChart, Lane } from './chart.ts';
import { drawSvg, ink, quietAxis } from './draw-svg.ts';

const LANE_HEIGHT = 17;
const ROW_GAP = 16;
const AXIS_HEIGHT = 44;
const ROW_LABEL_WIDTH = 175;
const VALUE_LABEL_WIDTH = 64;
/** Below this width, row labels are above their lanes instead of beside them. */
const NARROW_WIDTH = 600;

interface Placed {
  readonly lane: Lane;
  readonly y: number;
}

/** Draws a lane: the interval of the first value, a line through all values, dots, and labels at both ends. */
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

/** Draws rows of lanes on one axis, which is logarithmic if the values span a wide range. */
export function drawIntervals({ rows, unit }: IntervalChart, canvas: Canvas): string {
  const above = canvas.width < NARROW_WIDTH;
  const left = above ? 8 : ROW_LABEL_WIDTH;
  const placed: Placed[] = [];
  const headings: { label: string; y: number }[] = [];
  let y = 4;
  for (const { label, lanes } of rows) {
    if (above) y += 16;
    headings.push({ label, y: above ? y - 6 : y + (lanes.length * LANE_HEIGHT) / 2 });
    for (const lane of lanes) {
      placed.push({ lane, y: y + LANE_HEIGHT / 2 });
      y += LANE_HEIGHT;
    }
    // A long label needs more lines than a few lanes have room for.
    const lines = above ? 1 : Math.ceil(label.length / 26);
    y += ROW_GAP + Math.max(0, lines * 15 - lanes.length * LANE_HEIGHT - ROW_GAP / 2);
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
    right: VALUE_LABEL_WIDTH,
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
        width: above ? canvas.width : ROW_LABEL_WIDTH - 24,
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
    y + AXIS_HEIGHT,
  );
}
