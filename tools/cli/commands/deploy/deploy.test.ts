import { VARIANTS } from '@triptych/context-map';
import type { AssemblyStack } from '@triptych/shop/deploy/read-assembly';
import { FakeStacks } from '@triptych/shop/deploy/testing/fake-stacks';
import { describe, expect, it } from 'vitest';
import { wantedVariants } from '../deploy.ts';
import { costToday, renderBilled } from '../status/render-costs.ts';
import { chooseAdmin } from './fill-shop.ts';
import { isFirst, planDeployment, renderPlan } from './plan-deployment.ts';
import { deployedSettings } from './prepare-assembly.ts';
import { daily, dollars, type PricedStack, priceStacks, renderPrice } from './price-stacks.ts';
import { requirementsOf } from './requirements.ts';

const tags = { 'triptych:variant': 'serverless', 'triptych:stage': 'default' };

function stack(part: string, dependencies: string[], memory = 256): AssemblyStack {
  return {
    name: `triptych-serverless-${part}`,
    tags: { ...tags, 'triptych:service': part },
    dependencies: dependencies.map((one) => `triptych-serverless-${one}`),
    images: 0,
    template: {
      Resources: {
        Http: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: memory } },
        Key: { Type: 'AWS::SecretsManager::Secret' },
      },
    },
  };
}

const assembly = [stack('state', []), stack('auth', ['state']), stack('catalog', ['state'])];
const owner = { variant: 'serverless' } as const;

describe('a plan', () => {
  it('creates everything in an empty account, with its price', async () => {
    const plan = await planDeployment(new FakeStacks(), assembly, owner);
    expect(isFirst(plan)).toBe(true);
    const lines = renderPlan(plan, 'eu-central-1', false);
    expect(lines.join('\n')).toMatch(
      /6 to create, 0 to change, 0 to delete \(3 functions, 3 secrets\)/,
    );
    expect(lines.join('\n')).toMatch(/idle +\$\d+\.\d\d a day[\s\S]*at 1 million requests a month/);
  });

  it('of one service has the stacks that it needs, and deletes none', async () => {
    const deployed = new FakeStacks();
    for (const one of [...assembly, stack('provider', [])])
      deployed.add(one.name, one.template, one.tags);
    const changed = [
      stack('state', []),
      stack('auth', ['state'], 512),
      stack('catalog', ['state']),
    ];
    const plan = await planDeployment(deployed, changed, owner, 'auth');
    expect(plan.changes.map(({ stack: name, kind }) => [name, kind])).toEqual([
      ['triptych-serverless-state', 'unchanged'],
      ['triptych-serverless-auth', 'update'],
    ]);
    const text = renderPlan(plan, 'us-east-1', true).join('\n');
    expect(text).toContain('~ AWS::Lambda::Function Http: MemorySize');
    expect(text).toContain('as before');
  });

  const named = (part: string) => `triptych-serverless-${part}`;
  const withImport = (part: string, dependencies: string[], key: string): AssemblyStack => {
    const made = stack(part, dependencies);
    const Uses = { Type: 'AWS::X::Y', Properties: { Key: { 'Fn::ImportValue': key } } };
    return { ...made, template: { Resources: { ...made.template.Resources, Uses } } };
  };
  const withExport = (part: string, key: string): AssemblyStack => {
    const made = stack(part, []);
    const Outputs = { Out: { Value: key, Export: { Name: key } } };
    return { ...made, template: { ...made.template, Outputs } };
  };
  const deploy = (stacks: readonly AssemblyStack[], status = 'CREATE_COMPLETE') => {
    const fake = new FakeStacks();
    for (const { name, template, tags: own } of stacks) fake.add(name, template, own);
    for (const one of fake.stacks.values()) one.status = status;
    return fake;
  };

  it('deletes what the settings no longer have after its importers are updated', async () => {
    const before = [withExport('provider', 'url'), withImport('payments', ['provider'], 'url')];
    const after = [stack('payments', []), stack('auth', [])];
    const plan = await planDeployment(deploy(before), after, owner);
    expect(plan.runs).toEqual([
      { action: 'deploy', stacks: [named('payments'), named('auth')] },
      { action: 'delete', stacks: [named('provider')] },
    ]);
    expect(renderPlan(plan, 'us-east-1', false).join('\n')).toMatch(
      /provider +deletes 1 function, 1 secret: these settings no longer have the stack/,
    );
  });

  it('updates former importers first, in a run of their own', async () => {
    const before = [withExport('front', 'url'), withImport('auth', ['front'], 'url')];
    const after = [stack('front', []), stack('auth', []), stack('catalog', ['auth'])];
    const plan = await planDeployment(deploy(before), after, owner);
    expect(plan.runs).toEqual([
      { action: 'deploy', stacks: [named('auth')] },
      { action: 'deploy', stacks: [named('front'), named('catalog')] },
    ]);
  });

  it('begins again with stacks whose creation failed, because they export nothing', async () => {
    const stacks = [withImport('auth', ['front'], 'url'), withExport('front', 'url')];
    const plan = await planDeployment(deploy(stacks, 'ROLLBACK_COMPLETE'), stacks, owner);
    expect(plan.runs).toEqual([{ action: 'deploy', stacks: [named('front'), named('auth')] }]);
  });

  it('does not exist when no order of the changes is possible', async () => {
    const before = [withExport('front', 'url'), withImport('auth', ['front'], 'url')];
    const after = [withExport('front', 'name'), withImport('auth', ['front'], 'name')];
    await expect(planDeployment(deploy(before), after, owner)).rejects.toThrow(
      /each waits for another of .*Change one setting at a time/,
    );
  });
});

describe('a price', () => {
  const price = (stacks: readonly PricedStack[], region = 'us-east-1') => {
    const found = priceStacks('serverless', stacks, region);
    if ('missing' in found) throw new Error(found.missing);
    return found;
  };

  it('of an idle shop is the price of its secrets, and requests add to it', () => {
    // https://aws.amazon.com/secrets-manager/pricing/: $0.40 per secret and month; 1 GB of pictures is assumed.
    const [one, three] = [price([stack('auth', [])]), price(assembly)];
    expect(three.monthly(0) - one.monthly(0)).toBeCloseTo(0.8, 5);
    expect(three.monthly(1e6)).toBeGreaterThan(three.monthly(0));
    expect(daily(three, 0)).toBeCloseTo(three.monthly(0) / (730 / 24), 9);
  });

  it('leaves out the payment simulator, and names the region of its prices', () => {
    expect(price([...assembly, stack('provider', [])]).monthly(0)).toBe(price(assembly).monthly(0));
    expect(price(assembly, 'sa-east-1').basis).toContain('us-east-1 (no price list of sa-east-1)');
  });

  it('does not exist for Web Functions, whose rates are not published', () => {
    const Resources = { Web: { Type: 'AWS::Lambda::WebFunction' } };
    const web = { ...stack('auth', []), template: { Resources } };
    const [line = '', ...others] = renderPrice(priceStacks('serverless', [web], 'us-east-1'));
    expect(line).toContain('unknown: the rates of Lambda Web Functions are not published');
    expect(others).toEqual([]);
  });

  it('shows what a change adds', () => {
    const lines = renderPrice(price(assembly), price([stack('auth', [])]));
    expect(lines[0]).toMatch(/\$0\.03 a day more than now/);
    expect(dollars(0.001)).toBe('under $0.01');
  });

  it('of today counts the hours since midnight and the requests', () => {
    const monthly = (requests: number) => 73 + requests / 1000;
    const now = new Date('2026-11-30T10:00:00Z');
    expect(costToday({ monthly }, { requestsToday: 2000 }, now)).toBeCloseTo(1 + 2, 9);
  });
});

it('plans all variants unless one is named, but deploys only what is named', () => {
  expect(wantedVariants(undefined, true)).toEqual(VARIANTS);
  expect(wantedVariants('hybrid', true)).toEqual(['hybrid']);
  expect(wantedVariants('all', false)).toEqual(VARIANTS);
  expect(() => wantedVariants(undefined, false)).toThrow('Say which variant');
});

it('asks Cost Explorer only where the tags are active', async () => {
  const watch = (active: string[]) => ({
    alarms: async () => [],
    queueDepth: async () => ({ waiting: 0, inFlight: 0, delayed: 0 }),
    metricSum: async () => 0,
    activeCostTags: async () => active,
    billed: async (_tags: unknown, from: string, to: string) =>
      `${from} ${to}` === '2026-11-29 2026-11-30' ? 1.5 : 0,
  });
  const now = new Date('2026-11-30T10:00:00Z');
  expect(await renderBilled(owner, watch(Object.keys(tags)), now)).toEqual([
    '  Cost Explorer: $1.50 on 2026-11-29 (this question cost $0.01)',
  ]);
  const [inactive] = await renderBilled(owner, watch([]), now);
  expect(inactive).toContain('triptych:variant and triptych:stage are not');
});

it('makes a password only where it can be shown', () => {
  expect(chooseAdmin({}, false)).toBeUndefined();
  const made = chooseAdmin({}, true);
  expect(made).toMatchObject({ email: 'admin@triptych.example', generated: true });
  expect(made?.password).not.toBe(chooseAdmin({}, true)?.password);
  const env = {
    TRIPTYCH_ADMIN_EMAIL: 'me@example.org',
    TRIPTYCH_ADMIN_PASSWORD: 'a long password',
  };
  expect(chooseAdmin(env, false)).toEqual({
    email: 'me@example.org',
    password: 'a long password',
    generated: false,
  });
});

it('requires the processors of all tasks, and counts functions and images', () => {
  const service: AssemblyStack = {
    ...stack('images', []),
    images: 1,
    template: {
      Resources: {
        Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '512' } },
        Service: { Type: 'AWS::ECS::Service', Properties: {} },
        Scaling: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: { MinCapacity: 3 },
        },
      },
    },
  };
  expect(requirementsOf([...assembly, service])).toMatchObject({
    fargateVcpus: 1.5,
    functions: 3,
    images: 1,
  });
});

it('makes the templates for the account and the region of the deployment', () => {
  const place = { account: '123456789012', region: 'me-central-1' };
  expect(deployedSettings(['serverless', 'hybrid'], '/dist', place)).toEqual({
    TRIPTYCH_VARIANTS: 'serverless,hybrid',
    TRIPTYCH_DIST: '/dist',
    TRIPTYCH_ACCOUNT: '123456789012',
    TRIPTYCH_REGION: 'me-central-1',
  });
});
