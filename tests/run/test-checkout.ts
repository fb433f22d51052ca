/**
 * `npm run test:checkout`: conformance, faults and attacks of serverless with each coordinator of checkouts that a setting
 * selects. Ends with a line of counts.
 */
import { rm } from 'node:fs/promises';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';
import { COORDINATIONS } from '@triptych/context-map';

/** The first one is the default, which `npm test` covers. */
const [, ...COORDINATORS] = COORDINATIONS;
const TIMEOUT_MS = 40 * 60_000;
/**
 * Files that are left out. In this mode no event of the checkout passes through a queue, so none becomes a dead letter:
 * tests/coordinator has the same fault. The attacks on HTTP meet the same code as in the default mode.
 */
const EXCEPT = [
  'faults/dead-letters',
  ...['enumeration', 'fuzzed-requests', 'headers', 'injection', 'raw-requests'].map(
    (name) => `attacks/${name}`,
  ),
];

await rm(resultsFolder, { recursive: true, force: true });
const failed: string[] = [];
for (const coordinator of COORDINATORS) {
  const own = ['coordinator', `coordinator/${coordinator}`];
  const suites = ['conformance', 'attacks', 'faults', ...own, 'grants'];
  const passed = await runNode(['tests/run/judge-variants.ts', ...suites, '--only', 'serverless'], {
    cwd: repositoryRoot,
    timeoutMs: TIMEOUT_MS,
    env: { TRIPTYCH_CHECKOUT: coordinator, TRIPTYCH_EXCEPT: EXCEPT.join(',') },
  });
  if (!passed) failed.push(`the checkout with ${coordinator}`);
}
process.exitCode = concludeTests(await readResults(), failed);
