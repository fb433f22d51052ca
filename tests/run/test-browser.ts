/** `npm run test:browser`: the tests that need a Chromium (tests/browser). Ends with a line of counts. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';
import { findBrowser } from '@triptych/comparison/browser/launch-browser';

const root = repositoryRoot;
const TIMEOUT_MS = 10 * 60_000;

if (findBrowser() === undefined) {
  console.error(
    'triptych: BROWSER TESTS DID NOT RUN. Install Chromium (Debian: apt-get install chromium), or name one in CHROMIUM_PATH.',
  );
  process.exit(1);
}
await rm(resultsFolder, { recursive: true, force: true });
const output = join(resultsFolder, 'browser.json');
const succeeded = await runNode(
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', 'tests/browser/browser.config.ts'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
  ],
  { cwd: root, timeoutMs: TIMEOUT_MS },
);
process.exitCode = concludeTests(await readResults(), succeeded ? [] : ['browser']);
