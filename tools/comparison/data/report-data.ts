import { VARIANTS } from '@triptych/context-map';
import Type, { type Static } from 'typebox';
import { FactSchema, FigureSchema, MissingSchema, PartIdSchema, SeriesSchema } from './figure.ts';

/** Goes up when a reader of older files would misread a newer one. */
export const dataVersion = 1;

/** A running shop that was compared. */
export const TargetSchema = Type.Object({
  name: Type.String({
    description: 'microservices, serverless, hybrid, or what --target called it',
  }),
  variant: Type.Enum([...VARIANTS]),
  kind: Type.Enum(['local', 'remote'], {
    description:
      'local: started for this run in the local cloud; remote: a base URL that was given',
  }),
  baseUrl: Type.String(),
  label: Type.String({ description: '"local, not AWS", or what the operator says it is' }),
});
export type Target = Static<typeof TargetSchema>;

export const MachineSchema = Type.Object({
  cpu: Type.String(),
  cores: Type.Integer(),
  memoryMiB: Type.Number(),
  os: Type.String(),
  node: Type.String(),
});

/** All of a run: everything the report shows is made from this. */
export const ReportDataSchema = Type.Object(
  {
    version: Type.Literal(dataVersion),
    run: Type.Object({
      id: Type.String({ description: 'start time, as the report’s folder is called' }),
      mode: Type.Union([Type.Literal('quick'), Type.Literal('full')]),
      startedAt: Type.String({ format: 'date-time' }),
      endedAt: Type.String({ format: 'date-time' }),
      seed: Type.Integer({ description: 'of the random order and the bootstrap' }),
      commit: Type.String({ description: 'of the code that was measured; "unknown" outside git' }),
      interrupted: Type.Boolean(),
      command: Type.String(),
    }),
    machine: MachineSchema,
    targets: Type.Array(TargetSchema),
    parts: Type.Array(
      Type.Object({
        id: PartIdSchema,
        state: Type.Enum(['done', 'partial', 'not-run']),
        seconds: Type.Number(),
      }),
    ),
    figures: Type.Array(FigureSchema),
    series: Type.Array(SeriesSchema),
    facts: Type.Array(FactSchema),
    missing: Type.Array(MissingSchema),
  },
  {
    $id: 'urn:triptych:comparison-data:1',
    title: 'Triptych comparison data',
    description: 'One run of `npm run compare`.',
  },
);
export type ReportData = Static<typeof ReportDataSchema>;
