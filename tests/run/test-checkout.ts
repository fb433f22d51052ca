/**
 * `npm run test:checkout -- [conformance|attacks|faults|coordinator|grants …]`: judges serverless with each coordinator of checkouts
 * that a setting selects. Without names, all suites run. Ends with a line of counts.
 */
import { rm } from 'node:fs/promises';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import {
  concludeTests,
  readResults,
  resultsFolder,
  type TestResults,
} from '@triptych/build/test-results';
import { COORDINATIONS } from '@triptych/context-map';
import { NOT_COORDINATED } from './not-coordinated.ts';

/** The first one is the default, which `npm test` covers. */
const [, ...COORDINATORS] = COORDINATIONS;
const TIMEOUT_MS = 40 * 60_000;
/** Files that are left out. The attacks on HTTP meet the same code as in the default mode. */
const EXCEPT = [
  ...NOT_COORDINATED,
  ...['enumeration', 'fuzzed-requests', 'headers', 'injection', 'raw-requests'].map(
    (name) => `attacks/${name}`,
  ),
];

const SUITES = ['conformance', 'attacks', 'faults', 'coordinator', 'grants'];
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !SUITES.includes(name));
if (unknown !== undefined) {
  console.error(`triptych: unknown suite "${unknown}"; known are ${SUITES.join(', ')}.`);
  process.exit(2);
}

const failed: string[] = [];
const results: TestResults = { passed: 0, failed: 0, failures: [] };
for (const coordinator of COORDINATORS) {
  await rm(resultsFolder, { recursive: true, force: true });
  const suites = (wanted.length > 0 ? wanted : SUITES).flatMap((name) =>
    name === 'coordinator' ? [name, `${name}/${coordinator}`] : [name],
  );
  const passed = await runNode(['tests/run/judge-variants.ts', ...suites, '--only', 'serverless'], {
    cwd: repositoryRoot,
    timeoutMs: TIMEOUT_MS,
    env: { TRIPTYCH_CHECKOUT: coordinator, TRIPTYCH_EXCEPT: EXCEPT.join(',') },
  });
  if (!passed) failed.push(`the checkout with ${coordinator}`);
  // The suites of the next coordinator write files of the same names.
  const counted = await readResults();
  results.passed += counted.passed;
  results.failed += counted.failed;
  results.failures.push(...counted.failures);
}
process.exitCode = concludeTests(results, failed);
