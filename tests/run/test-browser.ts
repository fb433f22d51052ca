/** `npm run test:browser`: what needs a Chromium (tests/browser). Ends with one line of counts. */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findBrowser } from '../tests/browser/support/launch-browser.ts';
import { runNode } from './run-node.ts';
import { concludeTests, readResults, resultsFolder } from './test-results.ts';

const root = dirname(import.meta.dirname);
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
