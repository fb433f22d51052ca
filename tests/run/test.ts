/**
 * `npm test`: everything that Node alone can run. Lint and types in one pass over the repository each, all at once, the
 * tests beside the sources while `npm start` is tried as a user would, then the suites that judge the three
 * running variants. Ends with one line of counts. (`npx nx run-many -t lint typecheck test` runs the first
 * three project by project, with a cache.)
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';

const root = repositoryRoot;
const stepTimeoutMs = 15 * 60_000;

const broken: string[] = [];

/** Runs one step under its title; `aside`: beside another one, so that both show when it is done. */
async function step(
  title: string,
  args: string[],
  { env = {}, aside = false }: { env?: Record<string, string>; aside?: boolean } = {},
): Promise<void> {
  const heading = `\n── ${title}\n`;
  const show = (written: Buffer) => process.stdout.write(`${heading}${written}`);
  if (!aside) process.stdout.write(heading);
  const common = { cwd: root, timeoutMs: stepTimeoutMs, env };
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

// Several checkers of one program each work out the same types of the libraries: with one it is a third of the work.
const oneChecker = ['--checkers', '1'];
await Promise.all([
  step('types', [tsc, '-p', 'tsconfig.json', ...oneChecker], { aside: true }),
  step('types of infra', [tsc, '-p', 'infra', ...oneChecker], { aside: true }),
  step('format, lint and rules of import', [bin('@biomejs/biome/bin/biome'), 'check', '.'], {
    aside: true,
  }),
]);
// Here, so that the two that follow find it done.
await step('build', ['tools/build/build.ts', '--quiet']);
await Promise.all([
  step(
    'unit, contract, architecture and infra tests',
    vitest('beside-the-sources', '--reporter=dot'),
  ),
  // It mostly waits for the shop it has started.
  step(
    'npm start as a user sees it',
    vitest('cli', '--config=tests/vitest.config.ts', '--reporter=default'),
    { env: { TRIPTYCH_SUITE: 'cli', TRIPTYCH_PROJECTS: 'start' }, aside: true },
  ),
]);
await step('conformance, attacks, traces and faults, on all three variants', [
  'tests/run/judge-variants.ts',
]);
process.exitCode = concludeTests(await readResults(), broken);
