export {
  type Fact,
  type Figure,
  FigureSchema,
  type Findings,
  type Missing,
  type PartId,
  partIds,
  type Series,
  type Spread,
} from './figure.ts';
export { fewestSamples, type NewFigure, PartFindings } from './findings.ts';
export { publishedSchema } from './published-schema.ts';
export { dataVersion, type ReportData, ReportDataSchema, type Target } from './report-data.ts';
