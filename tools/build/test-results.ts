import { glob, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { slashedPath } from '@triptych/base/slashed-path';

const root = repositoryRoot;

/** The folder of vitest's JSON reports. The program that starts the runs empties it. */
export const resultsFolder = join(root, 'dist/test-results');

/** Lines of each failure in the summary. The full message is in the output of its run. */
const LINES_PER_FAILURE = 12;

/** The parts of vitest's JSON report that are used here. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: readonly {
    /** The file's absolute path. */
    name: string;
    status: string;
    /** The error of a file whose tests could not be collected. */
    message: string;
    assertionResults: readonly {
      fullName: string;
      status: string;
      failureMessages: readonly string[];
    }[];
  }[];
}

/** The summed results of several runs. */
export interface TestResults {
  passed: number;
  failed: number;
  /** Each failure as its title and the first lines of its message. */
  failures: string[];
}

/** Adds up the reports written since `sinceMs` (ms since 1970). */
export async function readResults(
  sinceMs = 0,
  folder: string = resultsFolder,
): Promise<TestResults> {
  const results: TestResults = { passed: 0, failed: 0, failures: [] };
  for await (const name of glob('*.json', { cwd: folder })) {
    const file = join(folder, name);
    if ((await stat(file)).mtimeMs < sinceMs) continue;
    const report = JSON.parse(await readFile(file, 'utf8')) as VitestReport;
    results.passed += report.numPassedTests;
    results.failed += report.numFailedTests;
    const run = name.replace(/\.json$/, '');
    results.failures.push(...failuresOf(report).map((failure) => `${run} · ${failure}`));
  }
  return results;
}

function failuresOf({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = slashedPath(relative(root, name));
    const failed = assertionResults.filter((assertion) => assertion.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file}${excerpt([message])}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${file} · ${fullName}${excerpt(failureMessages)}`,
    );
  });
}

function excerpt(messages: readonly string[]): string {
  const lines = messages
    .join('\n')
    .split('\n')
    // Omit stack frames inside libraries.
    .filter((line) => line.trim() !== '' && !line.includes('/node_modules/'));
  return lines
    .slice(0, LINES_PER_FAILURE)
    .map((line) => `\n    ${line}`)
    .join('');
}

/**
 * Prints the failures, then the line of counts that ends every test command.
 * @param results the summed reports
 * @param broken the titles of failed steps; a step that failed without a failed test counts as one failure
 * @returns the exit code
 */
export function concludeTests(
  { passed, failed, failures }: TestResults,
  broken: readonly string[],
): number {
  const total = Math.max(failed, broken.length);
  if (total > 0) {
    const told = [...failures, ...broken.map((title) => `step: ${title}`)];
    console.log(`\n── failed\n${told.map((one) => `\n  ${one}`).join('')}`);
  }
  console.log(`\n${passed} passed, ${total} failed`);
  return total === 0 ? 0 : 1;
}
