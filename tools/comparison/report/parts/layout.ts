import type { Figure, PartId } from '../../data/index.ts';
import type { Chart } from '../charts/chart.ts';
import type { FigureIndex } from '../figure-index.ts';

/** A table of a part: the figures whose key matches. */
export interface Group {
  readonly title: string;
  readonly match: RegExp;
  /** Collapsed by default. */
  readonly detail?: true;
}

/** The layout of one part of the report. Figures that match no group appear under "Other figures". */
export interface PartLayout {
  readonly id: PartId;
  readonly title: string;
  /** The question that the part answers. */
  readonly asks: string;
  /** The names of the columns (default: the targets of the run). */
  readonly columns?: readonly string[];
  readonly groups: readonly Group[];
  charts(index: FigureIndex): readonly Chart[];
}

/** A row of a table: the same figure for each target that has it. */
export interface Row {
  readonly what: string;
  readonly label: string;
  readonly figures: readonly Figure[];
  /** Figures of the sample report, for targets without a figure. */
  readonly standIns?: readonly { readonly target: string; readonly figure: Figure }[];
}

export interface Table {
  readonly title: string;
  readonly detail: boolean;
  readonly rows: readonly Row[];
}
