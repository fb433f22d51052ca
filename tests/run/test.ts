/**
 * `npm test`: everything that needs Node alone. First lint and types, concurrently, in one pass over the repository each. Then
 * the tests beside the sources, while `npm start` is tested as a user sees it. Then the suites that test the three running
 * variants. Ends with a line of counts. `npx nx run-many -t lint typecheck test` runs the first three per project, with a cache.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';

const root = repositoryRoot;
/** Ends a step that hangs. On a busy machine, a step may take many times as long as on an idle one. */
const STEP_TIMEOUT_MS = 120 * 60_000;

const broken: string[] = [];

/** Runs one step under its title. With `aside`, it runs beside another step and shows its output at the end. */
async function step(
  title: string,
  args: string[],
  { env = {}, aside = false }: { env?: Record<string, string>; aside?: boolean } = {},
): Promise<void> {
  const heading = `\n── ${title}\n`;
  const show = (written: Buffer) => process.stdout.write(`${heading}${written}`);
  if (!aside) process.stdout.write(heading);
  const common = { cwd: root, timeoutMs: STEP_TIMEOUT_MS, env };
  if (!(await runNode(args, aside ? { ...common, aside: show } : common))) broken.push(title);
}

await rm(resultsFolder, { recursive: true, force: true });
const bin = (path: string) => join(root, 'node_modules', path);
const tsc = bin('typescript/bin/tsc');
const vitest = (suite: string, ...flags: string[]) => [
  bin('vitest/vitest.mjs'),
  ...['run', ...flags, '--reporter=json'],
  `--outputFile.json=${join(resultsFolder, `${suite}.json`)}`,
];

// With one checker the work is a third: each further checker computes the same library types again.
const oneChecker = ['--checkers', '1'];
await Promise.all([
  step('types', [tsc, '-p', 'tsconfig.json', ...oneChecker], { aside: true }),
  step('types of infra', [tsc, '-p', 'infra', ...oneChecker], { aside: true }),
  step('format, lint and import rules', [bin('@biomejs/biome/bin/biome'), 'check', '.'], {
    aside: true,
  }),
]);
// Built here once, so that the next two steps find it up to date.
await step('build', ['tools/build/build.ts', '--quiet']);
await Promise.all([
  step(
    'unit, contract and architecture tests',
    vitest('beside-the-sources', '--reporter=dot', 'apps/', 'libs/', 'tools/', 'tests/'),
  ),
  // In one thread, because each thread loads the CDK and makes its own templates (6 s).
  step('infra tests', vitest('infra', '--reporter=dot', '--maxWorkers=1', 'infra/'), {
    aside: true,
  }),
  // It mostly waits for its own shop.
  step(
    'npm start as a user sees it',
    vitest('cli', '--config=tests/vitest.config.ts', '--reporter=default'),
    { env: { TRIPTYCH_SUITE: 'cli', TRIPTYCH_PROJECTS: 'start' }, aside: true },
  ),
]);
await step('conformance, attacks, traces and faults, on all three variants', [
  'tests/run/judge-variants.ts',
  '--and-web-functions',
]);
process.exitCode = concludeTests(await readResults(), broken);
