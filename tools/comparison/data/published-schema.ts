import { ReportDataSchema } from './report-data.ts';

/** The schema as plain JSON Schema, without TypeBox's symbols. */
export function publishedSchema(): Record<string, unknown> {
  const schema = JSON.parse(JSON.stringify(ReportDataSchema)) as Record<string, unknown>;
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
}
