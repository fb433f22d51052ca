/**
 * `npm run test:checkout`: conformance of serverless with each coordinator of checkouts that a setting selects. Ends with a
 * line of counts.
 */
import { rm } from 'node:fs/promises';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';

/** The values of `TRIPTYCH_CHECKOUT` other than the default, which `npm test` covers. */
const COORDINATORS = ['durable-functions'];
const TIMEOUT_MS = 20 * 60_000;

await rm(resultsFolder, { recursive: true, force: true });
const failed: string[] = [];
for (const coordinator of COORDINATORS) {
  const passed = await runNode(
    ['tests/run/judge-variants.ts', 'conformance', '--only', 'serverless'],
    { cwd: repositoryRoot, timeoutMs: TIMEOUT_MS, env: { TRIPTYCH_CHECKOUT: coordinator } },
  );
  if (!passed) failed.push(`conformance with ${coordinator}`);
}
process.exitCode = concludeTests(await readResults(), failed);
