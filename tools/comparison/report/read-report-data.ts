import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Errors } from 'typebox/schema';
import { DATA_VERSION, type ReportData, ReportDataSchema } from '../data/index.ts';

/** A file is missing, unreadable or not comparison data. The message is one line. */
export class ReportDataError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReportDataError';
  }
}

/**
 * Validates parsed JSON against the schema of comparison data.
 * @param from parsed JSON
 * @param name the file's name in error messages
 * @throws {ReportDataError} with the first error
 */
export function checkReportData(from: unknown, name: string): ReportData {
  const version = (from as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version !== DATA_VERSION) {
    throw new ReportDataError(
      `${name} has comparison data version ${version}; this program reads version ${DATA_VERSION}.`,
    );
  }
  const [valid, errors] = Errors(ReportDataSchema, from);
  if (valid) return from as ReportData;
  const { instancePath = '', message = 'is invalid' } = errors[0] ?? {};
  throw new ReportDataError(
    `${name} is not comparison data: ${instancePath || 'the document'} ${message}.`,
  );
}

/**
 * Reads a report's data.
 * @param path the report's folder or its `data.json`
 * @throws {ReportDataError} if the file does not exist, is not JSON, or has another version or shape
 */
export async function readReportData(path: string): Promise<ReportData> {
  const folder = await stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (folder === undefined) throw new ReportDataError(`There is no report at ${path}.`);
  const file = folder ? join(path, 'data.json') : path;
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ReportDataError(`${file} is not valid JSON.`, { cause });
  }
  return checkReportData(parsed, file);
}
