/** `npm run test:all`: `npm test`, the coordinators of checkouts, the Web Functions, a new service in a copy, the tests with AWS CLI and boto3, the template, browser and Docker tests. Runs all of them, and ends with a line of total counts. */
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { readResults } from '@triptych/build/test-results';

const suites = [
  { script: 'tests/run/test.ts', timeoutMs: 30 * 60_000 },
  { script: 'tests/run/test-checkout.ts', timeoutMs: 85 * 60_000 },
  { script: 'tests/run/test-web-functions.ts', timeoutMs: 45 * 60_000 },
  { script: 'tests/run/test-new-service.ts', timeoutMs: 45 * 60_000 },
  { script: 'tests/run/test-aws-cli.ts', timeoutMs: 20 * 60_000 },
  { script: 'tests/run/test-templates.ts', timeoutMs: 40 * 60_000 },
  { script: 'tests/run/test-browser.ts', timeoutMs: 10 * 60_000 },
  { script: 'tests/run/test-docker.ts', timeoutMs: 120 * 60_000 },
];

let passed = 0;
let failed = 0;
for (const { script, timeoutMs } of suites) {
  const startedMs = Date.now();
  const succeeded = await runNode([script], { cwd: repositoryRoot, timeoutMs });
  // Each command clears the results of the previous one. One that cannot start does not, hence the time.
  const counted = await readResults(startedMs);
  passed += counted.passed;
  failed += succeeded ? 0 : Math.max(1, counted.failed);
}
console.log(`\nall: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
