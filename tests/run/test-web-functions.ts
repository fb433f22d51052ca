/**
 * `npm run test:web-functions -- [conformance|attacks|trace|faults|grants …]`: judges serverless with its HTTP in Lambda Web
 * Functions. Without names, all suites run. Ends with a line of counts.
 */
import { rm } from 'node:fs/promises';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';

const TIMEOUT_MS = 40 * 60_000;
/** The suites that test one variant, and the one that compares it with the other two. */
const OF_ONE = ['conformance', 'attacks', 'faults', 'grants'];
const OF_ALL = ['trace'];
const SUITES = [...OF_ONE, ...OF_ALL];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !SUITES.includes(name));
if (unknown !== undefined) {
  console.error(`triptych: unknown suite "${unknown}"; known are ${SUITES.join(', ')}.`);
  process.exit(2);
}

const chosen = (names: readonly string[]) =>
  wanted.length > 0 ? names.filter((name) => wanted.includes(name)) : names;
const failed: string[] = [];
await rm(resultsFolder, { recursive: true, force: true });
await judge(chosen(OF_ONE), ['--only', 'serverless']);
await judge(chosen(OF_ALL), []);
process.exitCode = concludeTests(await readResults(), failed);

async function judge(suites: readonly string[], flags: readonly string[]): Promise<void> {
  if (suites.length === 0) return;
  const passed = await runNode(['tests/run/judge-variants.ts', ...suites, ...flags], {
    cwd: repositoryRoot,
    timeoutMs: TIMEOUT_MS,
    env: { TRIPTYCH_HTTP: 'web-functions' },
  });
  if (!passed) failed.push(`${suites.join(', ')} with Web Functions`);
}
