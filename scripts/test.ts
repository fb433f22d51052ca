/**
 * `npm test`: everything that Node alone can run. Lint and types in one pass over the repository each, the
 * tests beside the sources, then the suites that judge the three running variants. Ends with one line of
 * counts. (`npx nx run-many -t lint typecheck test` runs the first three project by project, with a cache.)
 */
import { spawnSync } from 'node:child_process';
import { glob, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'dist/test-results');
const stepTimeoutMs = 15 * 60_000;

/** Runs one step with the user watching; true when it ended well. */
function step(title: string, args: string[], env: Record<string, string> = {}): boolean {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: stepTimeoutMs,
    env: { ...process.env, ...env },
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
const bin = (path: string) => join(root, 'node_modules', path);
const tsc = bin('typescript/bin/tsc');
const reporters = (name: string) => [
  '--reporter=json',
  `--outputFile.json=${join(results, `${name}.json`)}`,
];
const steps = [
  step('format, lint and rules of import', [bin('@biomejs/biome/bin/biome'), 'check', '.']),
  step('types', [tsc, '-p', 'tsconfig.json']) && step('types of infra', [tsc, '-p', 'infra']),
  step('unit, contract, architecture and infra tests', [
    bin('vitest/vitest.mjs'),
    ...['run', '--reporter=dot', ...reporters('beside-the-sources')],
  ]),
  step(
    'npm start as a user sees it',
    [
      bin('vitest/vitest.mjs'),
      ...['run', '--config=tests/vitest.config.ts', '--reporter=default', ...reporters('cli')],
    ],
    { TRIPTYCH_SUITE: 'cli', TRIPTYCH_PROJECTS: 'start' },
  ),
  step('conformance, attacks, traces and faults, on all three variants', ['tests/run.ts']),
];
const { passed, failed } = await counts();
const broken = steps.filter((ok) => !ok).length;
const total = Math.max(failed, broken);
console.log(`\n${passed} passed, ${total} failed`);
process.exitCode = total === 0 ? 0 : 1;
