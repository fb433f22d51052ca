import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  changeArtifact,
  changeTemplate,
  synthesizeInto,
} from './support/assembly.ts';
import { awsCall, functionHashes } from './support/aws-call.ts';
import { listedStacks, taggedResources } from './support/cloudformation.ts';
import { type ShopInEmulator, shopIn } from './support/shop-in-emulator.ts';
import { stackTable } from './support/stack-table.ts';
import { tryToCreateAll } from './support/try-to-create.ts';

const SERVERLESS = 'triptych-serverless-*';
const CATALOG = 'triptych-serverless-catalog';
const STATE = 'triptych-serverless-state';
const RULE = 'UnfinishedOrdersCheck';
const CHANGED_SCHEDULE = 'rate(7 hours)';

let shop: ShopInEmulator;
let original: Assembly;
let changedFunction: Assembly;
let changedRule: Assembly;
let webFunctions: Assembly;

beforeAll(async () => {
  shop = await shopIn('ministack');
  const { folder } = shop;
  const serverless = { TRIPTYCH_VARIANTS: 'serverless' };
  original = await synthesizeInto(join(folder, 'original'), {});
  const dist = join(folder, 'dist');
  await changeArtifact(dist, 'serverless/catalog');
  changedFunction = await synthesizeInto(join(folder, 'function'), {
    ...serverless,
    TRIPTYCH_DIST: dist,
  });
  changedRule = await synthesizeInto(join(folder, 'rule'), serverless);
  await changeTemplate(changedRule, STATE, ({ Resources }) => {
    const [, rule] = Object.entries(Resources).find(([id]) => id.startsWith(RULE)) ?? [];
    if (rule) rule.Properties.ScheduleExpression = CHANGED_SCHEDULE;
  });
  webFunctions = await synthesizeInto(join(folder, 'web-functions'), {
    ...serverless,
    TRIPTYCH_HTTP: 'web-functions',
    TRIPTYCH_BASE_URL_SERVERLESS: 'https://shop.example',
  });
  await shop.bootstrap(original);
});

afterAll(() => shop?.stop());

describe('serverless in ministack', () => {
  const stacks = () => original.stacks.filter((name) => name.includes('-serverless-'));

  it('is deployed by the CDK CLI', async () => {
    const deployed = await shop.deploy(original, SERVERLESS);
    expect(deployed.toSorted()).toEqual(stacks().toSorted());
    expect(await taggedResources(shop.emulator, 'triptych:variant')).not.toEqual([]);
  });

  it('has no changes when it is deployed again', async () => {
    expect(await shop.deploy(original, SERVERLESS)).toEqual([]);
  });

  it("changes one service's stack and functions when its code changes", async () => {
    const before = await functionHashes(shop.emulator);
    expect(await shop.deploy(changedFunction, CATALOG)).toEqual([CATALOG]);
    const after = await functionHashes(shop.emulator);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual([expect.stringContaining(CATALOG), expect.stringContaining(CATALOG)]);
    expect(Object.keys(after)).toHaveLength(Object.keys(before).length);
  });

  it('changes a rule', async () => {
    expect(await shop.deploy(changedRule, STATE)).toEqual([STATE]);
    const { Rules } = await awsCall<{
      readonly Rules: readonly { readonly Name: string; readonly ScheduleExpression?: string }[];
    }>(shop.emulator, 'events', 'ListRules', { NamePrefix: STATE });
    expect(Rules.filter((rule) => rule.ScheduleExpression === CHANGED_SCHEDULE)).toEqual([
      expect.objectContaining({ Name: expect.stringContaining(RULE) }),
    ]);
  });
});

describe('all stacks in ministack', () => {
  it('are created or rejected as docs/aws.md says', async () => {
    const table = await stackTable('ministack');
    const taken = original.stacks.filter((stack) => table[stack] === 'yes');
    await shop.deploy(original, ...taken, '--exclusively');
    expect(await tryToCreateAll(shop.emulator, original, { known: taken })).toEqual(table);
    expect(await listedStacks(shop.emulator)).toEqual(expect.arrayContaining(taken));
  });

  it('are destroyed by the CDK CLI, also the failed ones, with nothing left', async () => {
    await shop.destroy(original, 'triptych-*');
    expect(await listedStacks(shop.emulator)).toEqual(['CDKToolkit']);
    expect(await taggedResources(shop.emulator, 'triptych:variant')).toEqual([]);
  });
});

describe('serverless with Web Functions in ministack', () => {
  it('is created or rejected as docs/aws.md says', async () => {
    const found = await tryToCreateAll(shop.emulator, webFunctions);
    expect(found).toEqual(await stackTable('ministack', 'stack with Web Functions'));
  });

  it('is destroyed by the CDK CLI, also the rejected stacks, with nothing left', async () => {
    await shop.destroy(webFunctions, SERVERLESS);
    expect(await listedStacks(shop.emulator)).toEqual(['CDKToolkit']);
    expect(await taggedResources(shop.emulator, 'triptych:variant')).toEqual([]);
  });
});
