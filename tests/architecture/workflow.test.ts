import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { read } from './support/repository-files.ts';

const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

/** npm's own commands, which need no script in package.json. */
const ownCommands = ['ci', 'version'];

/** Names of the npm scripts that a text calls: `npm test`, `npm start`, `npm run build`. */
const npmScripts = (text: string) =>
  [...text.matchAll(/\bnpm (?:run (?:--silent )?)?([a-z][a-z:-]*)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !ownCommands.includes(name));

const withoutComments = (text: string) => text.replace(/^\s*#.*$/gm, '');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly strategy?: { readonly matrix: { readonly os: readonly string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';

describe.each(readdirSync(join(repositoryRoot, folder)))('workflow %s', (file) => {
  const text = read(join(folder, file));
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  test('parses without errors or warnings', () => {
    const { errors, warnings } = parseDocument(text);
    expect([...errors, ...warnings]).toEqual([]);
  });

  test('may only read the repository', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(jobs.filter(([, job]) => job.permissions !== undefined)).toEqual([]);
  });

  test('a newer push cancels an older run', () => {
    expect(workflow.concurrency.group).toContain('github.ref');
    expect(workflow.concurrency['cancel-in-progress']).toBeTruthy();
  });

  test.each(jobs)('job %s has a timeout', (_name, job) => {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(job['timeout-minutes']).toBeLessThanOrEqual(120);
  });

  test('every action is pinned to a commit, with its version beside it', () => {
    const lines = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses).length);
    const pinned = /uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(lines.filter((line) => !pinned.test(line))).toEqual([]);
  });

  test('no checkout keeps its credentials', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts).toHaveLength(jobs.length);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });

  test('every npm script that it runs exists', () => {
    const called = steps.flatMap(({ run = '' }) => npmScripts(run));
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('CI', () => {
  const { jobs }: Workflow = parse(read(join(folder, 'ci.yml')));
  const runs = ({ steps }: Job) => steps.flatMap(({ run = [] }) => run);
  const systems = (job: Job) => job.strategy?.matrix.os ?? [job['runs-on']];
  const commandsOn = (system: string) =>
    Object.values(jobs)
      .filter((job) => systems(job).some((os) => os.startsWith(system)))
      .flatMap(runs);

  test('runs .ci/run on Linux, and lets it leave nothing out', () => {
    expect(commandsOn('ubuntu')).toEqual(['bash .ci/run --require-all']);
  });

  test.each(['macos', 'windows'])('runs npm test on %s', (system) => {
    expect(commandsOn(system)).toEqual(['npm test']);
  });

  test('.ci/run calls npm scripts that exist, the main test command first', () => {
    const called = npmScripts(withoutComments(read('.ci/run')));
    const suites = ['test:new-service', 'test:aws-cli', 'test:browser', 'test:docker'];
    expect(called).toEqual(['test', ...suites]);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('.ci/run imports files that exist', () => {
    const imported = [...read('.ci/run').matchAll(/from '(\.\/[^']+)'/g)];
    expect(imported.length).toBeGreaterThan(0);
    for (const [, file = ''] of imported)
      expect(existsSync(join(repositoryRoot, file)), file).toBe(true);
  });
});
