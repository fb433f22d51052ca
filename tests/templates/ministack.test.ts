import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  changeArtifact,
  changeTemplate,
  synthesizeInto,
} from './support/assembly.ts';
import { awsCall, functionHashes } from './support/aws-call.ts';
import { cdk } from './support/cdk.ts';
import { listedStacks, taggedResources } from './support/cloudformation.ts';
import { type Emulator, startEmulator } from './support/start-emulator.ts';

const SERVERLESS = { TRIPTYCH_VARIANTS: 'serverless' };
const CATALOG = 'triptych-serverless-catalog';
const STATE = 'triptych-serverless-state';
const RULE = 'UnfinishedOrdersCheck';
const CHANGED_SCHEDULE = 'rate(7 hours)';

let folder: string;
let emulator: Emulator;
let original: Assembly;
let changedFunction: Assembly;
let changedRule: Assembly;

const unattended = ['--require-approval', 'never'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triptych-templates-'));
  original = await synthesizeInto(join(folder, 'original'), SERVERLESS);
  await changeArtifact(join(folder, 'dist'), 'serverless/catalog');
  changedFunction = await synthesizeInto(join(folder, 'function'), {
    ...SERVERLESS,
    TRIPTYCH_DIST: join(folder, 'dist'),
  });
  changedRule = await synthesizeInto(join(folder, 'rule'), SERVERLESS);
  await changeTemplate(changedRule, STATE, ({ Resources }) => {
    const [, rule] = Object.entries(Resources).find(([id]) => id.startsWith(RULE)) ?? [];
    if (rule) rule.Properties.ScheduleExpression = CHANGED_SCHEDULE;
  });
  emulator = await startEmulator('ministack');
});

afterAll(async () => {
  await emulator?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Deploys with the CDK CLI. Returns the stacks that it changed. */
async function deploy(assembly: Assembly, ...stacks: string[]): Promise<string[]> {
  const { succeeded, output } = await cdk(
    emulator,
    ['deploy', ...stacks, ...unattended],
    assembly.folder,
  );
  expect(succeeded, output).toBe(true);
  return [...output.matchAll(/✅ {2}(\S+)( \(no changes\))?/g)].flatMap(([, name = '', same]) =>
    same ? [] : [name],
  );
}

describe('serverless in ministack', () => {
  it('is deployed by the CDK CLI', async () => {
    const { succeeded, output } = await cdk(emulator, [
      'bootstrap',
      `aws://${emulator.account}/${emulator.region}`,
    ]);
    expect(succeeded, output).toBe(true);
    expect(await deploy(original, 'triptych-serverless-*')).toEqual(
      expect.arrayContaining([...original.stacks]),
    );
    expect((await taggedResources(emulator, 'triptych:variant')).length).toBeGreaterThan(0);
  });

  it('has no changes when it is deployed again', async () => {
    expect(await deploy(original, 'triptych-serverless-*')).toEqual([]);
  });

  it("changes one service's stack and functions when its code changes", async () => {
    const before = await functionHashes(emulator);
    expect(await deploy(changedFunction, CATALOG)).toEqual([CATALOG]);
    const after = await functionHashes(emulator);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual([expect.stringContaining(CATALOG), expect.stringContaining(CATALOG)]);
    expect(Object.keys(after)).toHaveLength(Object.keys(before).length);
  });

  it('changes a rule', async () => {
    expect(await deploy(changedRule, STATE)).toEqual([STATE]);
    const { Rules } = await awsCall<{
      readonly Rules: readonly { readonly Name: string; readonly ScheduleExpression?: string }[];
    }>(emulator, 'events', 'ListRules', { NamePrefix: STATE });
    expect(Rules.filter((rule) => rule.ScheduleExpression === CHANGED_SCHEDULE)).toEqual([
      expect.objectContaining({ Name: expect.stringContaining(RULE) }),
    ]);
  });

  it('is destroyed by the CDK CLI, with nothing left', async () => {
    const { succeeded, output } = await cdk(
      emulator,
      ['destroy', 'triptych-serverless-*', '--force'],
      original.folder,
    );
    expect(succeeded, output).toBe(true);
    expect(await listedStacks(emulator)).toEqual(['CDKToolkit']);
    expect(await taggedResources(emulator, 'triptych:variant')).toEqual([]);
  });
});
