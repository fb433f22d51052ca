/** `npm run test:all`: `npm test`, then what needs a browser and what needs Docker; all are run, and the last line adds up their checks. */
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { readResults } from '@triptych/build/test-results';

const suites = [
  { script: 'tests/run/test.ts', timeoutMs: 30 * 60_000 },
  { script: 'tests/run/test-browser.ts', timeoutMs: 10 * 60_000 },
  { script: 'tests/run/test-docker.ts', timeoutMs: 120 * 60_000 },
];

let passed = 0;
let failed = 0;
for (const { script, timeoutMs } of suites) {
  const startedMs = Date.now();
  const well = await runNode([script], { cwd: repositoryRoot, timeoutMs });
  // Each empties what the one before has left; one that could not begin leaves that alone.
  const counted = await readResults(startedMs);
  passed += counted.passed;
  failed += well ? 0 : Math.max(1, counted.failed);
}
console.log(`\nall: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
