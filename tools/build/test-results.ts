import { glob, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { slashedPath } from '@triptych/base/slashed-path';

const root = repositoryRoot;

/** Where runs of vitest leave their reports; emptied by whoever starts them. */
export const resultsFolder = join(root, 'dist/test-results');

/** Lines of one failure that are told again at the end; the whole of it stands where it happened. */
const linesOfAFailure = 12;

/** What is read of the report that vitest's JSON reporter writes. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: readonly {
    /** The file's absolute path. */
    name: string;
    status: string;
    /** Why a file whose tests could not be collected failed. */
    message: string;
    assertionResults: readonly {
      fullName: string;
      status: string;
      failureMessages: readonly string[];
    }[];
  }[];
}

export interface TestResults {
  passed: number;
  failed: number;
  /** What failed, each as its title and the first lines of why. */
  failures: string[];
}

/** Adds up what the runs have reported since a moment. */
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
    // Where it came from inside the libraries is in the whole of it.
    .filter((line) => line.trim() !== '' && !line.includes('/node_modules/'));
  return lines
    .slice(0, linesOfAFailure)
    .map((line) => `\n    ${line}`)
    .join('');
}

/**
 * Writes what failed, then the line of counts that every test command ends with.
 * @param results what the reports of the runs say
 * @param broken titles of the steps that did not end well; one without a failed test counts as one
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
