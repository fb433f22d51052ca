import { glob, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where runs of vitest leave their reports; emptied by whoever starts them. */
export const resultsFolder = join(
  dirname(dirname(fileURLToPath(import.meta.url))),
  'dist/test-results',
);

/** Adds up what the runs have reported since a moment. */
export async function countResults(sinceMs = 0): Promise<{ passed: number; failed: number }> {
  let passed = 0;
  let failed = 0;
  for await (const name of glob('*.json', { cwd: resultsFolder })) {
    const file = join(resultsFolder, name);
    if ((await stat(file)).mtimeMs < sinceMs) continue;
    const report = JSON.parse(await readFile(file, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    passed += report.numPassedTests;
    failed += report.numFailedTests;
  }
  return { passed, failed };
}
