import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { slashedPath } from '@triptych/base/slashed-path';
import { UserError } from '@triptych/base/user-error';
import { DATA_VERSION, type ReportData } from '../data/index.ts';

/** A run's data and its path for messages. */
export interface MeasuredRun {
  readonly data: ReportData;
  readonly path: string;
}

/** The committed report, used before the first own run. */
const SAMPLE = 'docs/sample-report/data.json';

/**
 * Reads the figures for an estimate: from the named report, else from the newest in `reports/` that measured work, else from
 * the committed sample.
 * @throws UserError if there are none or the named report cannot be read
 */
export function measuredRun(named?: string, root = repositoryRoot): MeasuredRun {
  if (named !== undefined) {
    const file = named.endsWith('.json') ? named : join(named, 'data.json');
    const found = [file, join(root, file)].find((path) => existsSync(path));
    if (!found) throw new UserError(`--report takes a report's folder; there is no ${file}.`);
    const run = readRun(found, root);
    if (!run) throw new UserError(`${file} is not comparison data of version ${DATA_VERSION}.`);
    if (!measuredWork(run)) {
      throw new UserError(`${file} has no figures of the part "work": choose another report.`);
    }
    return run;
  }
  for (const path of [...newestFirst(join(root, 'reports')), join(root, SAMPLE)]) {
    const run = existsSync(path) ? readRun(path, root) : undefined;
    if (run && measuredWork(run)) return run;
  }
  throw new UserError('Nothing is measured yet: run `npm run compare -- --quick` first.');
}

function newestFirst(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .reverse()
    .map((name) => join(folder, name, 'data.json'));
}

function readRun(path: string, root: string): MeasuredRun | undefined {
  try {
    const data = JSON.parse(readFileSync(path, 'utf8')) as ReportData;
    const whole = data.version === DATA_VERSION && Array.isArray(data.figures);
    const short = slashedPath(relative(root, path));
    return whole ? { data, path: short.startsWith('..') ? path : short } : undefined;
  } catch {
    return undefined;
  }
}

function measuredWork({ data }: MeasuredRun): boolean {
  return data.figures.some(({ part }) => part === 'work');
}
