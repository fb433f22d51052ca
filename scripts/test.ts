/**
 * `npm test`: everything that Node alone can run. Lint, types and the tests of each project through Nx
 * (which skips what has not changed), then the suites that judge the three running variants. Ends with
 * one line of counts.
 */
import { spawnSync } from 'node:child_process';
import { glob, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'dist/test-results');
const stepTimeoutMs = 15 * 60_000;

/** Runs one step with the user watching; true when it ended well. */
function step(title: string, args: string[]): boolean {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: stepTimeoutMs,
    env: { ...process.env, NX_TUI: 'false', NX_NO_CLOUD: 'true' },
  });
  return status === 0;
}

/** Adds up what the runners wrote; a step that failed without a failed test counts as one. */
async function counts(): Promise<{ passed: number; failed: number }> {
  let passed = 0;
  let failed = 0;
  for await (const name of glob('*.json', { cwd: results })) {
    const report = JSON.parse(await readFile(join(results, name), 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    passed += report.numPassedTests;
    failed += report.numFailedTests;
  }
  return { passed, failed };
}

await rm(results, { recursive: true, force: true });
const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
const steps = [
  step('lint, types, unit, contract, architecture and infra tests', [
    nx,
    ...['run-many', '--targets=lint,typecheck,test', '--parallel=2', '--output-style=static'],
  ]),
  step('conformance and faults, on all three variants', ['tests/run.ts']),
];
const { passed, failed } = await counts();
const broken = steps.filter((ok) => !ok).length;
const total = Math.max(failed, broken);
console.log(`\n${passed} passed, ${total} failed`);
process.exitCode = total === 0 ? 0 : 1;
