import { join } from 'node:path';
import {
  CreateStackCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Assembly, synthesizeInto } from './support/assembly.ts';
import { cloudFormation, listedStacks, taggedResources } from './support/cloudformation.ts';
import { type ShopInEmulator, shopIn } from './support/shop-in-emulator.ts';
import { stackTable } from './support/stack-table.ts';
import { tryToCreateAll } from './support/try-to-create.ts';

// In moto, a stack that a change set creates has no exports.
const DIRECTLY = ['--exclusively', '--method', 'direct'];
const IN_MOTO = { skipDependents: true, ignoredTypes: ['AWS::CloudWatch::Alarm'] };
const FRONT = 'triptych-microservices-front';
const CODE = 'triptych-serverless-code';

let shop: ShopInEmulator;
let original: Assembly;
let changed: Assembly;
let webFunctions: Assembly;

beforeAll(async () => {
  shop = await shopIn('moto');
  const inFolder = (name: string, settings: Readonly<Record<string, string>>) =>
    synthesizeInto(join(shop.folder, name), settings);
  original = await inFolder('original', {});
  changed = await inFolder('changed', {
    TRIPTYCH_VARIANTS: 'microservices',
    TRIPTYCH_ALLOW_CIDR: '203.0.113.7/32',
  });
  webFunctions = await inFolder('web-functions', {
    TRIPTYCH_VARIANTS: 'serverless',
    TRIPTYCH_HTTP: 'web-functions',
    TRIPTYCH_BASE_URL_SERVERLESS: 'https://shop.example',
  });
});

afterAll(() => shop?.stop());

describe('a moto of its own, because moto cannot delete a stack that it failed to create', () => {
  let other: ShopInEmulator;
  beforeEach(async () => {
    other = await shopIn('moto');
  });
  afterEach(() => other?.stop());

  it('creates or rejects each stack as docs/aws.md says', async () => {
    const found = await tryToCreateAll(other.emulator, original, IN_MOTO);
    expect(found).toEqual(await stackTable('moto'));
  });

  it('creates or rejects serverless with Web Functions as docs/aws.md says', async () => {
    const found = await tryToCreateAll(other.emulator, webFunctions, IN_MOTO);
    expect(found).toEqual(await stackTable('moto', 'stack with Web Functions'));
  });

  it('accepts a template with a Web Function, and creates nothing for it', async () => {
    const StackName = 'with-web-function';
    const client = cloudFormation(other.emulator);
    const WebFunction = { Type: 'AWS::Lambda::WebFunction', Properties: { FunctionName: 'shop' } };
    const TemplateBody = JSON.stringify({ Resources: { WebFunction } });
    await client.send(new CreateStackCommand({ StackName, TemplateBody }));
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
    const listed = await client.send(new ListStackResourcesCommand({ StackName }));
    const ids = (listed.StackResourceSummaries ?? []).map((one) => one.PhysicalResourceId);
    expect(ids.filter((id) => id !== '')).toEqual([]);
  });
});

describe('the code stack of Web Functions in moto', () => {
  it('is deployed by the CDK CLI', async () => {
    await shop.bootstrap(original);
    expect(await shop.deploy(webFunctions, CODE, ...DIRECTLY)).toEqual([CODE]);
    expect(await taggedResources(shop.emulator, 'triptych:variant')).not.toEqual([]);
  });

  it('is destroyed by the CDK CLI, with nothing left', async () => {
    await shop.destroy(webFunctions, CODE, '--exclusively');
    expect(await listedStacks(shop.emulator)).toEqual(['CDKToolkit']);
    expect(await taggedResources(shop.emulator, 'triptych:variant')).toEqual([]);
  });
});

describe('the front of microservices in moto', () => {
  it('is deployed by the CDK CLI', async () => {
    expect(await shop.deploy(original, FRONT, ...DIRECTLY)).toEqual([FRONT]);
  });

  it('changes when a rule of a security group changes', async () => {
    expect(await shop.deploy(original, FRONT, ...DIRECTLY)).toEqual([]);
    expect(await shop.deploy(changed, FRONT, ...DIRECTLY)).toEqual([FRONT]);
  });

  it('cannot be destroyed, because moto does not delete its VPC', async () => {
    await expect(shop.destroy(changed, FRONT, '--exclusively')).rejects.toThrow(
      /The vpc \S+ has dependencies and cannot be deleted/,
    );
  });
});
