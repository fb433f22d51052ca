import type { Figure, Series } from '../../data/index.ts';

/** Values with intervals, one lane per target. The values of a lane are joined by a line. */
export interface IntervalChart {
  readonly kind: 'intervals';
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly { readonly label: string; readonly lanes: readonly Lane[] }[];
}
export interface Lane {
  readonly target: string;
  /** The first figure is the main one. The first and the last are labelled. */
  readonly figures: readonly Figure[];
}

/** Bars that start at zero: one panel per measure, one bar per target. */
export interface BarChart {
  readonly kind: 'bars';
  readonly title: string;
  readonly panels: readonly { readonly label: string; readonly figures: readonly Figure[] }[];
}

/** Lines on shared axes, one per target. */
export interface LineChart {
  readonly kind: 'lines';
  /** Collapsed by default. */
  readonly detail?: true;
  readonly title: string;
  readonly lines: readonly Series[];
}

export type Chart = IntervalChart | BarChart | LineChart;

/** The drawing surface. Its width decides the layout. */
export interface Canvas {
  readonly width: number;
  /** A CSS colour per target. */
  color(target: string | undefined): string;
}
