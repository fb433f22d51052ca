import { ReportDataSchema } from './report-data.ts';

/** The JSON schema as others read it: what TypeBox hides in symbols is not part of it. */
export function publishedSchema(): Record<string, unknown> {
  const schema = JSON.parse(JSON.stringify(ReportDataSchema)) as Record<string, unknown>;
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
}
