import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variants } from '@triptych/base/variants';
import type { VitestReport } from '@triptych/build/test-results';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freeBase, type Running, root, startCommand } from '../cli/support/command.ts';
import { copyOfRepository, type RepositoryCopy } from '../cli/support/copy-of-repository.ts';

/** Upper limits for slow machines, not expectations. */
const STEP_TIMEOUT_MS = 10 * 60_000;
const START_TIMEOUT_MS = 15 * 60_000;

/** The guide's own example, unless a shop has it already. */
const name = (CONTEXT_NAMES as readonly string[]).includes('reviews') ? 'test-notes' : 'reviews';

let copy: RepositoryCopy;
let shop: Running | undefined;
/** Base URLs by variant. */
let targets: Record<string, string> = {};

/** The environment without the settings of the run that this test is part of. */
const ownEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([key]) => !/^(TRIPTYCH|VITEST|FORCE_COLOR|NODE_ENV)/.test(key),
  ),
);

const contentOf = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

/** Files that git lists, or would, in a folder. */
function filesIn(folder: string): string[] {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return listed.stdout.split('\n').filter((file) => file !== '' && existsSync(join(folder, file)));
}

/** Runs a program of Node in the copy to its end. @returns its exit code and the end of its output */
function runInCopy(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy.folder,
    encoding: 'utf8',
    timeout: STEP_TIMEOUT_MS,
    maxBuffer: 100 * 1024 * 1024,
    env: { ...ownEnvironment, NO_COLOR: '1', ...env },
  });
  return { status, output: `${stdout}\n${stderr}`.slice(-8_000) };
}

const VITEST = 'node_modules/vitest/vitest.mjs';

beforeAll(async () => {
  const copied = /^(apps|libs|infra|tools)\//;
  copy = await copyOfRepository(filesIn(root).filter((file) => !copied.test(file)));
  // The architecture tests ask git for the files.
  spawnSync('git', ['init', '--quiet'], { cwd: copy.folder, timeout: 60_000 });
  // The copy links to the installed packages, so npm scripts must not install them again.
  const markInstalled =
    "import('./tools/cli/ensure-installed.mjs').then(({ stamp, stampOf }) => " +
    "fs.writeFileSync(stamp, stampOf(fs.readFileSync('package-lock.json'))))";
  expect(runInCopy(['--eval', markInstalled])).toMatchObject({ status: 0 });
}, STEP_TIMEOUT_MS);
afterAll(async () => {
  if (shop?.child.exitCode === null) await shop.interrupt();
  await copy?.remove();
}, STEP_TIMEOUT_MS);

test('npm run new:service changes exactly the files that the guide names', () => {
  const before = new Map(filesIn(copy.folder).map((file) => [file, contentOf(copy.folder, file)]));
  const script = ['tools/cli/run.mjs', 'new:service', name];
  expect(runInCopy([...script, '--dry-run'])).toMatchObject({ status: 0 });
  const changedFiles = () =>
    [...before].flatMap(([file, text]) => (contentOf(copy.folder, file) === text ? [] : [file]));
  expect(changedFiles()).toEqual([]);

  expect(runInCopy(script)).toMatchObject({ status: 0 });
  const guide = contentOf(root, 'docs/add-a-service.md');
  expect(changedFiles().toSorted()).toHaveLength(8);
  for (const file of changedFiles()) expect(guide).toContain(`| \`${file}\` |`);
});

test('a second service of that name is rejected in one line', () => {
  const { status, output } = runInCopy(['tools/cli/run.mjs', 'new:service', name]);
  expect(status).toBe(1);
  expect(output).toContain(`There is a context "${name}" already.`);
});

test(
  'the copy is formatted and keeps the rules of import',
  () => {
    expect(runInCopy(['node_modules/@biomejs/biome/bin/biome', 'check', '.'])).toMatchObject({
      status: 0,
    });
  },
  STEP_TIMEOUT_MS,
);

test.each(['tsconfig.json', 'infra'])(
  'the types of %s are right',
  (project) => {
    const tsc = 'node_modules/typescript/bin/tsc';
    expect(runInCopy([tsc, '-p', project])).toMatchObject({ status: 0 });
  },
  STEP_TIMEOUT_MS,
);

test(
  'its own tests pass, and the tests of everything that lists contexts',
  () => {
    const folders = [`libs/${name}`, 'libs/events', 'libs/context-map', 'tests/architecture'];
    const args = [
      'run',
      '--project',
      'units',
      '--project',
      'contracts',
      ...folders,
      'infra/compose',
    ];
    expect(runInCopy([VITEST, ...args])).toMatchObject({ status: 0 });
  },
  STEP_TIMEOUT_MS,
);

test(
  'the shop starts with it in all three variants',
  async () => {
    const base = await freeBase();
    shop = startCommand(['start', '--port', String(base), '--products', '1'], copy.folder);
    expect(await shop.printed('Ctrl-C', START_TIMEOUT_MS)).toContain('Ctrl-C');
    for (const variant of variants) {
      expect(shop.output()).toContain(`healthy      triptych-${variant}-${name}`);
    }
    targets = Object.fromEntries(
      variants.map((variant, index) => [variant, `http://127.0.0.1:${base + 1 + index}`]),
    );
  },
  START_TIMEOUT_MS,
);

test(
  'its routes answer in each variant, and its event is delivered',
  () => {
    const results = join(copy.folder, 'dist/conformance.json');
    const environment = Object.entries(targets).map(
      ([variant, url]) => [`TRIPTYCH_${variant.toUpperCase()}_TARGET`, url] as const,
    );
    const files = [name, 'health', 'documents', 'admin-routes'].map((file) => `/${file}.test.ts`);
    const { status, output } = runInCopy(
      [
        ...[VITEST, 'run', '--config', 'tests/vitest.config.ts', ...files],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
      ],
      {
        TRIPTYCH_SUITE: 'conformance',
        TRIPTYCH_PROJECTS: variants.join(),
        ...Object.fromEntries(environment),
      },
    );
    expect({ status, output }).toMatchObject({ status: 0 });
    const report = JSON.parse(readFileSync(results, 'utf8')) as VitestReport;
    const own = report.testResults.filter((file) => file.name.endsWith(`/${name}.test.ts`));
    expect(own).toHaveLength(variants.length);
    for (const { assertionResults } of own) {
      expect(assertionResults.length).toBeGreaterThanOrEqual(5);
      expect(new Set(assertionResults.map((one) => one.status))).toEqual(new Set(['passed']));
    }
  },
  STEP_TIMEOUT_MS,
);

test(
  'Ctrl-C stops it',
  async () => {
    expect(await shop?.interrupt()).toBe(0);
  },
  STEP_TIMEOUT_MS,
);
