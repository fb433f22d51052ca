import Type, { type Static } from 'typebox';

/** The report's ten parts, in its order, and the benchmarks that stand beside them. */
export const partIds = [
  'behaviour',
  'latency',
  'bursts',
  'idle',
  'work',
  'cost',
  'complexity',
  'faults',
  'limits',
  'deployment',
  'shoot-outs',
] as const;
export type PartId = (typeof partIds)[number];
export const PartIdSchema = Type.Enum([...partIds]);

/** How far a figure may be off: an interval and what kind of interval it is. */
export const SpreadSchema = Type.Object({
  kind: Type.Enum(['ci95', 'iqr', 'min-max', 'exact'], {
    description:
      'ci95: bootstrap 95 % interval of the value; iqr: middle half of the samples; min-max: all of them; exact: counted, not sampled',
  }),
  low: Type.Number(),
  high: Type.Number(),
});
export type Spread = Static<typeof SpreadSchema>;

/** One number of the report. Whatever a reader sees as a number is one of these, found by its id. */
export const FigureSchema = Type.Object({
  id: Type.String({
    description: 'part/target/what/…, unique in a run; the same in every run, so that runs compare',
    pattern: '^[a-z0-9-]+(/[A-Za-z0-9._-]+)+$',
  }),
  part: PartIdSchema,
  target: Type.Optional(Type.String({ description: 'name of a target, where it is of one' })),
  title: Type.String({ description: 'what was measured or counted, in a few words' }),
  value: Type.Number(),
  unit: Type.String({ description: 'ms, count, bytes, MiB, USD/month, ratio, share, …' }),
  n: Type.Integer({ minimum: 1, description: 'samples behind the value; 1 for a count' }),
  spread: SpreadSchema,
  origin: Type.String({ description: 'how it was got: method, and what it was computed from' }),
  at: Type.String({ format: 'date-time' }),
  indicative: Type.Boolean({ description: 'sampled with n < 30: shows the way, proves nothing' }),
  better: Type.Optional(Type.Union([Type.Literal('lower'), Type.Literal('higher')])),
});
export type Figure = Static<typeof FigureSchema>;

/** Points to draw, whose meaning the part's figures carry. */
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

/** Something the report does not know, and why: never invented, never left out in silence. */
export const MissingSchema = Type.Object({
  part: PartIdSchema,
  target: Type.Optional(Type.String()),
  what: Type.String(),
  why: Type.String(),
});
export type Missing = Static<typeof MissingSchema>;

/** A plain fact with words in it: which capability still answered, what was counted, a limit that applies. */
export const FactSchema = Type.Object({
  part: PartIdSchema,
  target: Type.Optional(Type.String()),
  subject: Type.String({ description: 'the row: a fault, a limit, a list of things counted' }),
  text: Type.String(),
  ok: Type.Optional(Type.Boolean({ description: 'where it is a verdict' })),
});
export type Fact = Static<typeof FactSchema>;

/** What measuring one part yields. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly series: readonly Series[];
  readonly facts: readonly Fact[];
  readonly missing: readonly Missing[];
}
