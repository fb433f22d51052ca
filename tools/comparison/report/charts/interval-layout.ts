import type { Figure } from '../../data/index.ts';
import { shownValue } from '../format-figure.ts';
import type { IntervalChart, Lane } from './chart.ts';
import { textWidth, wrapText } from './wrap-text.ts';

const LANE_HEIGHT = 17;
const ROW_GAP = 16;
const ROW_LABEL_WIDTH = 175;
const LINE_HEIGHT = 15;
/** Below this width, row labels are above their lanes instead of beside them. */
const NARROW_WIDTH = 600;
/** Between the end of a lane and its label. */
export const LABEL_GAP = 8;
export const ROW_LABEL_PX = 12;
export const VALUE_LABEL_PX = 11;

export interface PlacedLane {
  readonly lane: Lane;
  /** Vertical centre. */
  readonly y: number;
}

export interface PlacedLabel {
  readonly lines: readonly string[];
  /** Vertical centre. */
  readonly y: number;
}

/** The positions of everything in an interval chart, in pixels. */
export interface IntervalLayout {
  readonly narrow: boolean;
  readonly lanes: readonly PlacedLane[];
  readonly labels: readonly PlacedLabel[];
  readonly height: number;
  /** Margins of the axis. They have room for the labels at the ends of the lanes. */
  readonly left: number;
  readonly right: number;
}

/** The smallest and the largest value that a lane draws: its values and the interval of the first one. */
export function extentOf({ figures }: Lane): readonly [number, number] {
  const [first] = figures;
  const values = figures.map(({ value }) => value);
  if (!first) return [0, 0];
  return [Math.min(...values, first.spread.low), Math.max(...values, first.spread.high)];
}

/** The figures with a label at the left and the right end of a lane. A lane with one figure has only the right one. */
export function labelled({ figures }: Lane): { left?: Figure; right?: Figure } {
  const [first] = figures;
  const last = figures.at(-1);
  if (!first || !last) return {};
  return figures.length === 1 ? { right: first } : { left: first, right: last };
}

/** Places rows from top to bottom. A row is as high as its lanes or its label, whichever is more, so that neither covers the other. */
export function layOut({ rows }: IntervalChart, width: number): IntervalLayout {
  const narrow = width < NARROW_WIDTH;
  const labelWidth = narrow ? width : ROW_LABEL_WIDTH - 24;
  const lanes: PlacedLane[] = [];
  const labels: PlacedLabel[] = [];
  let y = 4;
  for (const row of rows) {
    const lines = wrapText(row.label, labelWidth, ROW_LABEL_PX);
    const textHeight = lines.length * LINE_HEIGHT;
    const lanesHeight = row.lanes.length * LANE_HEIGHT;
    const height = narrow ? textHeight + lanesHeight : Math.max(textHeight, lanesHeight);
    labels.push({ lines, y: y + (narrow ? textHeight : height) / 2 });
    const top = narrow ? y + textHeight : y + (height - lanesHeight) / 2;
    for (const [at, lane] of row.lanes.entries()) {
      lanes.push({ lane, y: top + (at + 0.5) * LANE_HEIGHT });
    }
    y += height + ROW_GAP;
  }
  const widest = (side: 'left' | 'right') =>
    Math.max(
      0,
      ...lanes.map(({ lane }) => {
        const figure = labelled(lane)[side];
        return figure ? textWidth(shownValue(figure), VALUE_LABEL_PX) + LABEL_GAP : 0;
      }),
    );
  const left = (narrow ? 4 : ROW_LABEL_WIDTH) + Math.max(6, widest('left'));
  return { narrow, lanes, labels, height: y, left, right: Math.max(20, widest('right')) };
}
