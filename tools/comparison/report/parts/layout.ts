import type { Figure, PartId } from '../../data/index.ts';
import type { Chart } from '../charts/chart.ts';
import type { FigureIndex } from '../figure-index.ts';

/** Rows of a part's table that belong together, found by what their figures are of. */
export interface Group {
  readonly title: string;
  readonly match: RegExp;
  /** Folded away until a reader wants it. */
  readonly detail?: true;
}

/** How one part of the report is laid out. A part's figures that no group takes are shown as further figures. */
export interface PartLayout {
  readonly id: PartId;
  readonly title: string;
  /** The question it answers. */
  readonly asks: string;
  readonly groups: readonly Group[];
  charts(index: FigureIndex): readonly Chart[];
}

/** A row of a table: one figure per target that has it. */
export interface Row {
  readonly what: string;
  readonly label: string;
  readonly figures: readonly Figure[];
}

export interface Table {
  readonly title: string;
  readonly detail: boolean;
  readonly rows: readonly Row[];
}
