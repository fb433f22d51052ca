import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { read } from './support/repository-files.ts';

const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

/** npm's own commands, which need no script in package.json. */
const ownCommands = ['ci', 'sbom', 'version'];

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
  readonly if?: string;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly strategy?: { readonly matrix: { readonly os: readonly string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';

const usesAws = ({ steps }: Job) =>
  steps.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));

describe.each(readdirSync(join(repositoryRoot, folder)))('workflow %s', (file) => {
  const text = read(join(folder, file));
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  test('parses without errors or warnings', () => {
    const { errors, warnings } = parseDocument(text);
    expect([...errors, ...warnings]).toEqual([]);
  });

  test('may only read the repository, unless a job uses AWS', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const others = jobs.filter(([, job]) => !usesAws(job));
    expect(others.filter(([, job]) => job.permissions !== undefined)).toEqual([]);
  });

  test('a newer push to a pull request cancels an older run', () => {
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
    const suites = [
      'test:checkout',
      'test:grants',
      'test:new-service',
      'test:aws-cli',
      'test:templates',
      'test:browser',
      'test:docker',
    ];
    expect(called).toEqual(['test', ...suites]);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('.ci/run imports and runs files that exist', () => {
    const named = [...read('.ci/run').matchAll(/(?:from '|bin\/node )([^' ]+\.ts)/g)];
    expect(named.length).toBeGreaterThan(1);
    for (const [, file = ''] of named)
      expect(existsSync(join(repositoryRoot, file)), file).toBe(true);
  });
});

describe('the workflow that deploys', () => {
  const text = read(join(folder, 'deploy.yml'));
  const { on, jobs, concurrency }: Workflow = parse(text);
  const runs = ({ steps }: Job) => steps.flatMap(({ run = [] }) => run);

  test('plans, deploys and destroys', () => {
    expect(Object.keys(jobs)).toEqual(['plan', 'deploy', 'destroy']);
    for (const [name, job] of Object.entries(jobs)) expect(usesAws(job), name).toBe(true);
    expect(runs(jobs.plan as Job)).toContain('npm run deploy -- all --plan');
    expect(runs(jobs.deploy as Job)).toContain('npm run deploy -- "$VARIANT" --yes');
    expect(runs(jobs.destroy as Job)).toContain('npm run destroy -- "$VARIANT" --yes');
  });

  test('has no key of an AWS account: each job gets a token for one role', () => {
    expect(text).not.toMatch(/secrets\.|access-key/);
    for (const [name, { permissions, steps }] of Object.entries(jobs)) {
      expect(permissions, name).toMatchObject({ contents: 'read', 'id-token': 'write' });
      const role = steps.find((step) => step.with?.['role-to-assume'])?.with?.['role-to-assume'];
      expect(role).toBe(
        name === 'plan' ? `\${{ vars.AWS_PLAN_ROLE }}` : `\${{ vars.AWS_DEPLOY_ROLE }}`,
      );
    }
  });

  test('changes an account only by hand, in an environment, and never cancels it', () => {
    expect(Object.keys(on)).toEqual(['pull_request', 'workflow_dispatch']);
    for (const name of ['deploy', 'destroy']) {
      expect(jobs[name]?.if).toContain(`inputs.action == '${name}'`);
      expect(jobs[name]?.environment).toBe(`\${{ inputs.environment }}`);
    }
    expect(jobs.plan?.if).toContain("github.event_name == 'pull_request'");
    expect(jobs.plan?.if).toContain('head.repo.full_name == github.repository');
    expect(concurrency['cancel-in-progress']).toBe(`\${{ github.event_name == 'pull_request' }}`);
  });

  test('puts no input into a shell command', () => {
    const commands = Object.values(jobs).flatMap(runs);
    expect(commands.filter((command) => command.includes(`\${{`))).toEqual([]);
  });

  test('publishes what the deployed code is made of, and attests who built it', () => {
    const { steps = [], permissions } = jobs.deploy ?? {};
    expect(permissions).toMatchObject({ attestations: 'write' });
    expect(steps.some(({ run }) => run?.startsWith('npm sbom --omit dev'))).toBe(true);
    const attested = steps.find(({ uses }) => uses?.startsWith('actions/attest-build-provenance@'));
    expect(attested?.with?.['subject-path']).toContain('dist/apps/*/*/index.mjs');
  });
});
