import type { Figure, Series } from '../../data/index.ts';

/** Values with their intervals on a line, a lane per target; several values of a lane are joined. */
export interface IntervalChart {
  readonly kind: 'intervals';
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly { readonly label: string; readonly lanes: readonly Lane[] }[];
}
export interface Lane {
  readonly target: string;
  /** The first is the one that counts and is labelled; the last is labelled too. */
  readonly figures: readonly Figure[];
}

/** Small bars side by side from zero, a panel per measure, a bar per target. */
export interface BarChart {
  readonly kind: 'bars';
  readonly title: string;
  readonly panels: readonly { readonly label: string; readonly figures: readonly Figure[] }[];
}

/** Lines over one axis, one per target. */
export interface LineChart {
  readonly kind: 'lines';
  /** Folded away until a reader wants it. */
  readonly detail?: true;
  readonly title: string;
  readonly lines: readonly Series[];
}

export type Chart = IntervalChart | BarChart | LineChart;

/** What a chart is drawn with: its width decides how it is laid out. */
export interface Canvas {
  readonly width: number;
  /** A CSS colour per target. */
  color(target: string | undefined): string;
}
