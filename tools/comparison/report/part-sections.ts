import type { Fact, Missing, ReportData } from '../data/index.ts';
import type { Chart } from './charts/chart.ts';
import type { FigureIndex } from './figure-index.ts';
import * as parts from './parts/index.ts';

/** The ten parts, in the order of the report. */
export const tenParts: readonly parts.PartLayout[] = [
  parts.behaviour,
  parts.latency,
  parts.cost,
  parts.bursts,
  parts.idle,
  parts.work,
  parts.complexity,
  parts.faults,
  parts.limits,
  parts.deployment,
];

/** A part with all its data from the run, ready to be rendered as HTML or Markdown. */
export interface PartSection {
  readonly layout: parts.PartLayout;
  readonly state: ReportData['parts'][number]['state'];
  readonly seconds: number;
  readonly tables: readonly parts.Table[];
  readonly charts: readonly Chart[];
  readonly facts: readonly Fact[];
  readonly missing: readonly Missing[];
}

/** The parts that follow the ten. */
export const furtherParts: readonly parts.PartLayout[] = [parts.coordination, parts.shootOuts];

/** The index with the columns of a part. */
export function columnsOf({ columns }: parts.PartLayout, index: FigureIndex): FigureIndex {
  return columns ? index.withColumns(columns) : index;
}

/** Collects the tables, charts, facts and missing figures of a part. */
export function partSection(layout: parts.PartLayout, index: FigureIndex): PartSection {
  const run = index.data.parts.find(({ id }) => id === layout.id);
  return {
    layout,
    state: run?.state ?? 'not-run',
    seconds: run?.seconds ?? 0,
    tables: parts.tablesOf(layout, index),
    charts: layout.charts(index),
    facts: index.factsOf(layout.id),
    missing: index.missingOf(layout.id),
  };
}

/** The state of a part in the report; empty for a complete one. */
export const stateWords: Readonly<Record<PartSection['state'], string>> = {
  done: '',
  partial: 'incomplete',
  'not-run': 'not measured',
};

/** Whether the run measured nothing of a part. */
export const isEmpty = ({ tables, facts }: PartSection) => tables.length + facts.length === 0;

/** The title of each part in the report. */
export const partTitles: ReadonlyMap<string, string> = new Map(
  [...tenParts, ...furtherParts].map(({ id, title }) => [id, title]),
);
