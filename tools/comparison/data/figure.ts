import Type, { type Static } from 'typebox';

/** The report's ten parts in order, followed by the coordinations of a checkout and the benchmarks. */
export const PART_IDS = [
  'behaviour',
  'latency',
  'cost',
  'bursts',
  'idle',
  'work',
  'complexity',
  'faults',
  'limits',
  'deployment',
  'coordination',
  'shoot-outs',
] as const;
export type PartId = (typeof PART_IDS)[number];
export const PartIdSchema = Type.Enum([...PART_IDS]);

/** The uncertainty of a figure: an interval and its kind. */
export const SpreadSchema = Type.Object({
  kind: Type.Enum(['ci95', 'iqr', 'min-max', 'exact'], {
    description:
      'ci95: 95 % bootstrap confidence interval of the value; iqr: interquartile range of the samples; min-max: range of the samples; exact: counted, not sampled',
  }),
  low: Type.Number(),
  high: Type.Number(),
});
export type Spread = Static<typeof SpreadSchema>;

/** One number of the report. Every number shown in the report is a figure with an id. */
export const FigureSchema = Type.Object({
  id: Type.String({
    description:
      'part/target/key/…, unique in a run and the same in every run, so that runs can be compared',
    pattern: '^[a-z0-9-]+(/[A-Za-z0-9._-]+)+$',
  }),
  part: PartIdSchema,
  target: Type.Optional(
    Type.String({ description: 'name of the target, if the figure belongs to one' }),
  ),
  title: Type.String({ description: 'short description of the measured or counted quantity' }),
  value: Type.Number(),
  unit: Type.String({ description: 'ms, count, bytes, MiB, USD/month, ratio, share, …' }),
  n: Type.Integer({ minimum: 1, description: 'number of samples; 1 for a count' }),
  spread: SpreadSchema,
  origin: Type.String({ description: 'method of measurement, and inputs of computed values' }),
  at: Type.String({ format: 'date-time' }),
  indicative: Type.Boolean({
    description: 'sampled with n < 30: shows a tendency, not a reliable result',
  }),
  better: Type.Optional(Type.Union([Type.Literal('lower'), Type.Literal('higher')])),
});
export type Figure = Static<typeof FigureSchema>;

/** Points to draw. The figures of the part contain the results. */
export const SeriesSchema = Type.Object({
  id: Type.String(),
  part: PartIdSchema,
  target: Type.Optional(Type.String()),
  title: Type.String(),
  x: Type.Object({ title: Type.String(), unit: Type.String(), log: Type.Boolean() }),
  y: Type.Object({ title: Type.String(), unit: Type.String(), log: Type.Boolean() }),
  points: Type.Array(
    Type.Object({
      x: Type.Number(),
      y: Type.Number(),
      low: Type.Optional(Type.Number()),
      high: Type.Optional(Type.Number()),
    }),
  ),
});
export type Series = Static<typeof SeriesSchema>;

/** Something that was not measured, with the reason. */
export const MissingSchema = Type.Object({
  part: PartIdSchema,
  target: Type.Optional(Type.String()),
  what: Type.String(),
  why: Type.String(),
});
export type Missing = Static<typeof MissingSchema>;

/** A fact in words: which capability still answered, a list of counted items, a limit that applies. */
export const FactSchema = Type.Object({
  part: PartIdSchema,
  target: Type.Optional(Type.String()),
  subject: Type.String({ description: 'row label: a fault, a limit, a list of counted items' }),
  text: Type.String(),
  ok: Type.Optional(Type.Boolean({ description: 'set if the fact is a verdict' })),
});
export type Fact = Static<typeof FactSchema>;

/** The results of measuring one part. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly series: readonly Series[];
  readonly facts: readonly Fact[];
  readonly missing: readonly Missing[];
}
