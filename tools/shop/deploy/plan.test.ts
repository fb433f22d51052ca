import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { grantsOf } from './granted-permissions.ts';
import type { Template } from './ports.ts';
import { readAssembly, stacksToDeploy } from './read-assembly.ts';
import { renderChanges, renderDiff, renderGrants, summarizeGrants } from './render-plan.ts';
import { deletionOrder, updateSteps } from './stack-order.ts';
import { countTypes, stackChanges } from './template-changes.ts';
import { template } from './testing/templates.ts';

const queue = (delay: number, metadata = 'a') => ({
  Type: 'AWS::SQS::Queue',
  Properties: { DelaySeconds: delay, Name: 'q' },
  Metadata: { path: metadata },
});
const before: Template = { Resources: { Kept: queue(1), Gone: queue(2), Changed: queue(3) } };
const after: Template = {
  Resources: {
    Kept: { ...queue(1, 'b'), Properties: { Name: 'q', DelaySeconds: 1 } },
    Changed: queue(4),
    Fresh: { Type: 'AWS::DynamoDB::Table' },
  },
};

describe('the changes of a stack', () => {
  it('are the resources that differ, whatever the order of keys and the metadata', () => {
    const changes = stackChanges('s', before, after);
    expect(changes).toMatchObject({
      kind: 'update',
      added: [{ id: 'Fresh' }],
      changed: [{ id: 'Changed', properties: ['DelaySeconds'] }],
      removed: [{ id: 'Gone' }],
    });
    expect(renderDiff([changes])).toEqual([
      '  s',
      '    + AWS::DynamoDB::Table Fresh',
      '    ~ AWS::SQS::Queue Changed: DelaySeconds',
      '    - AWS::SQS::Queue Gone',
    ]);
    expect(renderChanges([changes]).at(-1)).toContain('1 to create, 1 to change, 1 to delete');
  });

  it('are all resources of a new stack, and none of an equal one', () => {
    expect(stackChanges('s', undefined, after)).toMatchObject({
      kind: 'create',
      added: { length: 3 },
    });
    const none = stackChanges('s', before, before);
    expect(none.kind).toBe('unchanged');
    expect(renderChanges([none])).toEqual([
      `  ${'s'.padEnd(36)} no changes`,
      `  ${'all'.padEnd(36)} no changes`,
    ]);
  });

  it('count a resource of another type as a new one', () => {
    const replaced = { Resources: { ...before.Resources, Kept: { Type: 'AWS::SNS::Topic' } } };
    expect(stackChanges('s', before, replaced)).toMatchObject({
      added: [{ type: 'AWS::SNS::Topic' }],
      removed: [{ type: 'AWS::SQS::Queue' }],
    });
  });

  it('are counted by type', () => {
    expect(countTypes(['AWS::SQS::Queue', 'AWS::SQS::Queue', 'AWS::X::Y'])).toBe(
      '2 queues, 1 other resource',
    );
  });
});

it('lists every grant of a template, with denials last', () => {
  const policy = (Statement: object) => ({ Version: '2012-10-17', Statement });
  const grants = grantsOf('triptych-serverless-auth', {
    Resources: {
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          PolicyDocument: policy([
            {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: 'sqs:*',
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
              Condition: { Bool: {} },
            },
          ]),
        },
      },
      HttpPolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'HttpRole22653813' }],
          PolicyDocument: policy({
            Effect: 'Allow',
            Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
            Resource: [
              {
                'Fn::ImportValue':
                  'triptych-serverless-state:ExportsOutputFnGetAttAuthTable0711E62FArnA3EB269F',
              },
              { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] },
            ],
          }),
        },
      },
      Url: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunctionUrl',
          FunctionName: { Ref: 'Http' },
          Principal: '*',
          FunctionUrlAuthType: 'NONE',
        },
      },
    },
  });
  expect(summarizeGrants(grants, 'triptych-serverless-')).toEqual([
    '  auth       HttpRole may dynamodb (2 actions) on AuthTable, Bucket/*',
    '  auth       anyone may lambda:InvokeFunctionUrl on Http',
    '  1 statements only deny',
  ]);
  expect(renderGrants(grants, 'triptych-serverless-')).toEqual([
    '  auth       HttpRole may dynamodb:GetItem, dynamodb:PutItem on AuthTable, Bucket/*',
    '  auth       anyone may lambda:InvokeFunctionUrl on Http (with conditions)',
    '  auth       anyone may not sqs:* on Queue (with conditions)',
  ]);
});

it('deletes a stack before the ones that it imports from', () => {
  const stacks = [
    { name: 'state', template: template({ exports: ['a'] }) },
    { name: 'auth', template: template({ imports: ['a', 'b', 'elsewhere'] }) },
    { name: 'front', template: template({ imports: ['a'], exports: ['b'] }) },
  ];
  expect(deletionOrder(stacks)).toEqual(['auth', 'front', 'state']);
  const cycle = [
    { name: 'x', template: template({ imports: ['y'], exports: ['x'] }) },
    { name: 'y', template: template({ imports: ['x'], exports: ['y'] }) },
  ];
  expect(() => deletionOrder(cycle)).toThrow('each waits for another of y, x');
});

it('reads stacks, tags, dependencies and images of an assembly', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  const stack = (name: string, dependencies: string[]) => ({
    type: 'aws:cloudformation:stack',
    dependencies: [...dependencies, `${name}.assets`],
    properties: { templateFile: 'template.json', tags: { part: name } },
  });
  const assets = (file: string) => ({ type: 'cdk:asset-manifest', properties: { file } });
  const artifacts = {
    service: stack('service', ['state']),
    state: stack('state', []),
    other: stack('other', ['state']),
    'service.assets': assets('images.json'),
    'state.assets': assets('none.json'),
    'other.assets': assets('none.json'),
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
  await writeFile(join(folder, 'template.json'), JSON.stringify(after));
  await writeFile(join(folder, 'images.json'), JSON.stringify({ dockerImages: { a: {}, b: {} } }));
  await writeFile(join(folder, 'none.json'), '{}');
  const stacks = await readAssembly(folder);
  await rm(folder, { recursive: true });
  expect(stacks.map(({ name, images }) => [name, images])).toEqual([
    ['service', 2],
    ['state', 0],
    ['other', 0],
  ]);
  expect(stacks[0]).toMatchObject({ tags: { part: 'service' }, dependencies: ['state'] });
  const chosen = stacksToDeploy(stacks, ({ name }) => name === 'service');
  expect(chosen.map(({ name }) => name)).toEqual(['service', 'state']);
});

it('says how to change TRIPTYCH_HTTP, where dashboard and services wait for each other', () => {
  const exporting = (name: string, type: string) => ({
    Resources: { One: { Type: type } },
    Outputs: { One: { Value: name, Export: { Name: name } } },
  });
  const importing = (name: string) => ({
    Resources: { Board: { Type: 'B', Properties: { Of: { 'Fn::ImportValue': name } } } },
  });
  const stack = (name: string, of: Template, dependencies: string[] = []) => ({
    name,
    template: of,
    dependencies,
    status: 'CREATE_COMPLETE',
  });
  const old = [
    stack('shop-auth', exporting('http', 'AWS::Lambda::Function')),
    stack('shop-operations', importing('http'), ['shop-auth']),
  ];
  const next = [
    stack('shop-auth', exporting('web', 'AWS::Lambda::WebFunction')),
    stack('shop-operations', importing('web'), ['shop-auth']),
  ];
  expect(() => updateSteps(old, next)).toThrow(
    /TRIPTYCH_HTTP.*delete-stack --stack-name shop-operations/,
  );
  expect(updateSteps(old.slice(0, 1), next).map((step) => step.stack)).toEqual([
    'shop-auth',
    'shop-operations',
  ]);
});

it('says that a changed revision gets the requests', () => {
  const revision = (key: string): Template => ({
    Resources: {
      Web: { Type: 'AWS::Lambda::WebFunctionRevision', Properties: { BuildConfig: key } },
    },
  });
  const lines = renderDiff([stackChanges('s', revision('a'), revision('b'))]);
  expect(lines.join('\n')).toContain('BuildConfig (a new revision, which the endpoint uses');
});
