/** `npm run test:new-service`: adds a service to a copy of the repository, and runs it in all three variants. Ends with a line of counts. */
import { rm } from 'node:fs/promises';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';
import { runSuite } from './run-suite.ts';

const SUITE = 'new-service';
const TIMEOUT_MS = 45 * 60_000;

await rm(resultsFolder, { recursive: true, force: true });
const passed = await runSuite({
  suite: SUITE,
  projects: ['copy'],
  environment: {},
  timeoutMs: TIMEOUT_MS,
});
process.exitCode = concludeTests(await readResults(), passed ? [] : [SUITE]);
