/** `npm run test:browser`: what needs a Chromium (tests/browser). Ends with one line of counts. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';
import { findBrowser } from '@triptych/comparison/browser/launch-browser';

const root = repositoryRoot;
const timeoutMs = 10 * 60_000;

if (findBrowser() === undefined) {
  console.error(
    'triptych: BROWSER TESTS WERE NOT RUN. No Chromium is installed: apt-get install chromium, or name one in CHROMIUM_PATH.',
  );
  process.exit(1);
}
await rm(resultsFolder, { recursive: true, force: true });
const output = join(resultsFolder, 'browser.json');
const well = await runNode(
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', 'tests/browser/browser.config.ts'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
  ],
  { cwd: root, timeoutMs },
);
process.exitCode = concludeTests(await readResults(), well ? [] : ['browser']);
