import { HTTP_MODES, VARIANTS } from '@triptych/context-map';
import Type, { type Static } from 'typebox';
import { FactSchema, FigureSchema, MissingSchema, PartIdSchema, SeriesSchema } from './figure.ts';

/** Version of the data format. Raised if older readers would misread newer files. */
export const DATA_VERSION = 1;

/** A running shop in the comparison. */
export const TargetSchema = Type.Object({
  name: Type.String({
    description:
      'microservices, serverless, serverless-web, hybrid, or the name given with --target',
  }),
  variant: Type.Enum([...VARIANTS]),
  http: Type.Optional(
    Type.Enum([...HTTP_MODES], {
      description: 'how serverless serves HTTP; absent: event-functions',
    }),
  ),
  kind: Type.Enum(['local', 'remote'], {
    description: 'local: started for this run in the local cloud; remote: given as a base URL',
  }),
  baseUrl: Type.String(),
  label: Type.String({ description: '"local, not AWS", or the label given by the operator' }),
});
export type Target = Static<typeof TargetSchema>;

export const MachineSchema = Type.Object({
  cpu: Type.String(),
  cores: Type.Integer(),
  memoryMiB: Type.Number(),
  os: Type.String(),
  node: Type.String(),
});

/** All data of a run. The report is rendered from this. */
export const ReportDataSchema = Type.Object(
  {
    version: Type.Literal(DATA_VERSION),
    run: Type.Object({
      id: Type.String({ description: 'start time; also the name of the report’s folder' }),
      mode: Type.Union([Type.Literal('quick'), Type.Literal('full')]),
      startedAt: Type.String({ format: 'date-time' }),
      endedAt: Type.String({ format: 'date-time' }),
      seed: Type.Integer({ description: 'seed of the random order and the bootstrap' }),
      commit: Type.String({ description: 'commit of the measured code; "unknown" outside git' }),
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
