export {
  type Fact,
  type Figure,
  FigureSchema,
  type Findings,
  type Missing,
  PART_IDS,
  type PartId,
  type Series,
  type Spread,
} from './figure.ts';
export { MIN_SAMPLES, type NewFigure, PartFindings } from './findings.ts';
export { publishedSchema } from './published-schema.ts';
export { DATA_VERSION, type ReportData, ReportDataSchema, type Target } from './report-data.ts';
