import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';
import { CONTEXT_NAMES, stackName } from '@triptych/context-map';
import { artifactsOf, withArtifacts } from '@triptych/shop/deploy/artifacts';
import { cloudFormationStacks } from '@triptych/shop/deploy/aws/cloudformation-stacks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cdk } from './support/cdk.ts';
import { listedStacks } from './support/cloudformation.ts';
import { type Emulator, startEmulator } from './support/start-emulator.ts';

const COMMAND_TIMEOUT_MS = 5 * 60_000;
const STAGE = 'trial';
const CATALOG = stackName('serverless', 'catalog', STAGE);
const PARTS = ['state', 'front', 'provider', ...CONTEXT_NAMES, 'operations'];
/** The parts with a REST API and Stripe. */
const OTHER_PARTS = ['state', 'rest-front', ...CONTEXT_NAMES, 'operations', 'release'];

let emulator: Emulator;
/** Settings of the templates. */
let settings: Readonly<Record<string, string>> = {};
/** Stands for the edge, which no emulator runs: every service is healthy, and nothing else exists. */
const edge = createServer((request, response) => {
  const isHealth = request.url?.includes('/health/');
  response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json' });
  response.end(isHealth ? '{"status":"ready"}' : '{}');
});
const edgeUrl = () => `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;

beforeAll(async () => {
  await once(edge.listen(0, '127.0.0.1'), 'listening');
  emulator = await startEmulator('ministack');
});
afterAll(async () => {
  edge.close();
  await emulator?.stop();
});

/** Runs a command of the command line in a second copy of serverless, without a terminal. */
async function run(
  command: string,
  ...args: string[]
): Promise<{ code: number | null; output: string }> {
  const program = join(repositoryRoot, 'tools/cli/main.ts');
  const child = spawn(
    process.execPath,
    [program, command, 'serverless', '--stage', STAGE, ...args],
    {
      cwd: repositoryRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: COMMAND_TIMEOUT_MS,
      env: {
        // npm and Node may need settings of this machine to reach a registry.
        ...process.env,
        ...emulator.environment,
        HOME: process.env.HOME,
        AWS_CONFIG_FILE: join(emulator.folder, 'no-config'),
        AWS_SHARED_CREDENTIALS_FILE: join(emulator.folder, 'no-credentials'),
        NO_COLOR: '1',
        TRIPTYCH_BASE_URL_SERVERLESS: edgeUrl(),
        ...settings,
        TRIPTYCH_ADMIN_PASSWORD: 'a password that nobody guesses',
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { code: await exitCode(child), output };
}

/** Works with the emulator through the adapter of the commands. The SDK reads its settings from the environment. */
async function withStacks<T>(
  work: (stacks: ReturnType<typeof cloudFormationStacks>) => Promise<T>,
) {
  const before = { ...process.env };
  Object.assign(process.env, emulator.environment);
  const stacks = cloudFormationStacks(emulator.region);
  try {
    return await work(stacks);
  } finally {
    stacks.close();
    process.env = before;
  }
}

const catalogArtifacts = () =>
  withStacks(async (stacks) => artifactsOf(await stacks.template(CATALOG)));

// One order: each step continues where the one before ends.
describe('the life of a deployment in ministack', () => {
  it('does not begin in an account without the bootstrap stack', async () => {
    const { code, output } = await run('deploy', '--plan');
    expect(code, output).toBe(1);
    expect(output).toContain(`npx cdk bootstrap aws://${emulator.account}/${emulator.region}`);
  });

  it('begins with a plan that changes nothing', async () => {
    const bootstrap = ['bootstrap', `aws://${emulator.account}/${emulator.region}`];
    expect(await cdk(emulator, bootstrap)).toMatchObject({ succeeded: true });
    const { code, output } = await run('deploy', '--plan');
    expect(code, output).toBe(0);
    expect(output).toMatch(/✓ bootstrap +version \d+/);
    expect(output).toMatch(/all +\d+ to create, 0 to change, 0 to delete/);
    expect(output).toContain('HttpRole may');
    expect(output).toMatch(/idle +\$\d+\.\d\d a day/);
    expect(await listedStacks(emulator)).toEqual(['CDKToolkit']);
  });

  it('asks, and without a terminal needs --yes', async () => {
    for (const command of ['deploy', 'destroy']) {
      const { code, output } = await run(command);
      expect(code, output).toBe(1);
      expect(output).toContain('pass --yes');
    }
  });

  it('says what the emulator rejects, why, and what to do', async () => {
    const { code, output } = await run('deploy', '--yes', '--no-seed');
    expect(code).toBe(1);
    expect(output).toContain('The deployment failed.');
    const first = stackName('serverless', 'state', STAGE);
    expect(output).toContain(`${first}: AWS::CloudFormation::Stack ${first} failed`);
    expect(output).toMatch(/why: .*Unrecognized resource types: \[AWS::Budgets::Budget\]/);
    expect(output).toMatch(/what: .*TRIPTYCH_MONTHLY_BUDGET=0/);
    settings = { TRIPTYCH_MONTHLY_BUDGET: '0' };
  });

  it('deploys every stack, waits for health, makes the first admin, and ends with smoke checks', async () => {
    const { code, output } = await run('deploy', '--yes', '--no-seed');
    expect(output).toMatch(/CREATE_COMPLETE +AWS::DynamoDB::Table +AuthTable/);
    for (const part of PARTS) {
      expect(output).toContain(`deployed     ${stackName('serverless', part, STAGE)}`);
    }
    expect(output).toMatch(/healthy +auth \d+ ms/);
    expect(output).toMatch(/first admin +admin@triptych\.example/);
    // The edge of this test is not a shop, so the checks fail.
    expect(output).toContain(`The smoke checks failed at ${edgeUrl()}`);
    expect(code).toBe(1);
  });

  it('ends with the addresses', async () => {
    const { code, output } = await run('deploy', '--yes', '--stacks-only');
    expect(code, output).toBe(0);
    expect(output).toContain(`shop      ${edgeUrl()}`);
    expect(output).toContain(`${edgeUrl()}/payments/docs`);
  });

  it('has no changes afterwards', async () => {
    const { code, output } = await run('deploy', '--diff');
    expect(code, output).toBe(0);
    expect(output).toMatch(/all +no changes/);
    expect(output).toMatch(/a month, as before/);
  });

  it('shows its state', async () => {
    const { code, output } = await run('status', '--no-bill');
    expect(code, output).toBe(0);
    expect(output).toMatch(new RegExp(`${CATALOG} +CREATE_COMPLETE +version 0\\.\\d+`));
    expect(output).toMatch(/✓ catalog +HTTP 200/);
    expect(output).toMatch(/CatalogQueueDeadLetters +0 waiting/);
    expect(output).toMatch(/about \$\d+\.\d\d today/);
  });

  it('returns a service to the artifact that the deployment recorded', async () => {
    const recorded = await catalogArtifacts();
    const other = await withStacks(async (stacks) => {
      const [hash = ''] = Object.values(
        artifactsOf(await stacks.template(stackName('serverless', 'auth', STAGE))),
      );
      const stack = await stacks.find(CATALOG);
      const artifacts = Object.fromEntries(Object.keys(recorded).map((id) => [id, hash]));
      await stacks.update(
        CATALOG,
        withArtifacts(await stacks.template(CATALOG), artifacts),
        stack?.tags ?? {},
      );
      return artifacts;
    });
    await expect.poll(catalogArtifacts).toEqual(other);
    const { code, output } = await run('rollback', '--service', 'catalog', '--yes');
    expect(code, output).toBe(0);
    expect(output).toContain(`${CATALOG} runs`);
    expect(await catalogArtifacts()).toEqual(recorded);
  });

  it('changes settings in the order that its stacks allow, and loses those that it no longer has', async () => {
    settings = { ...settings, TRIPTYCH_FRONT: 'rest-api', TRIPTYCH_PROVIDER: 'stripe' };
    const { output } = await run('deploy', '--yes', '--no-seed');
    // The smoke checks of the first deployment failed, so that this one continues it.
    expect(output).toMatch(/first admin +admin@triptych\.example[\s\S]*The smoke checks failed at/);
    const name = (part: string) => stackName('serverless', part, STAGE);
    for (const part of ['front', 'provider']) {
      expect(output).toMatch(
        new RegExp(`${name(part)} +deletes .*: these settings no longer have the stack`),
      );
    }
    const steps = [...output.matchAll(/(deployed|deleted) {2,}(triptych-\S+)/g)];
    const at = (what: string, part: string) =>
      steps.findIndex(([, done, stack]) => done === what && stack === name(part));
    for (const service of CONTEXT_NAMES) {
      expect(at('deployed', service)).toBeGreaterThan(at('deployed', 'rest-front'));
      expect(at('deleted', 'front')).toBeGreaterThan(at('deployed', service));
    }
    expect(at('deleted', 'provider')).toBeGreaterThan(at('deployed', 'payments'));
    const left = [...OTHER_PARTS.map(name), 'CDKToolkit'];
    expect((await listedStacks(emulator)).toSorted()).toEqual(left.toSorted());
  });

  it('is destroyed with what its buckets hold, and nothing is left', async () => {
    const { code, output } = await run('destroy', '--yes');
    expect(code, output).toBe(0);
    for (const part of OTHER_PARTS)
      expect(output).toContain(`${stackName('serverless', part, STAGE)} is deleted`);
    expect(output).toContain('Nothing is left of serverless (stage trial)');
    expect(await listedStacks(emulator)).toEqual(['CDKToolkit']);
  });

  it('is destroyed once: a second run finds nothing', async () => {
    const { code, output } = await run('destroy', '--yes');
    expect(code, output).toBe(0);
    expect(output).toContain('has no stacks');
  });
});
