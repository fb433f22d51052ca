import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Errors } from 'typebox/schema';
import { dataVersion, type ReportData, ReportDataSchema } from '../data/index.ts';

/** A file that is no comparison, or one that cannot be read as such; its message is one line. */
export class ReportDataError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReportDataError';
  }
}

/**
 * @param from parsed JSON
 * @param name how the message calls it
 * @throws {ReportDataError} with the first fault
 */
export function checkReportData(from: unknown, name: string): ReportData {
  const version = (from as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version !== dataVersion) {
    throw new ReportDataError(
      `${name} is of version ${version} of the comparison's data; this reads version ${dataVersion}.`,
    );
  }
  const [valid, faults] = Errors(ReportDataSchema, from);
  if (valid) return from as ReportData;
  const { instancePath = '', message = 'does not fit' } = faults[0] ?? {};
  throw new ReportDataError(
    `${name} is not a comparison's data: ${instancePath || 'the whole'} ${message}.`,
  );
}

/**
 * Reads a report's data.
 * @param path of the report's folder or of its `data.json`
 * @throws {ReportDataError} in one line: not there, not JSON, of another version, of another shape
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
    throw new ReportDataError(`${file} cannot be read as JSON.`, { cause });
  }
  return checkReportData(parsed, file);
}
