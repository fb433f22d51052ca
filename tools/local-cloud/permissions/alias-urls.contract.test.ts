import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../index.ts';
import { role } from '../testing/permission-resources.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** The two permissions that everyone needs to call a URL without authentication, for a function or its alias. */
function admitAll(logicalId: string, FunctionName: object): Record<string, object> {
  const permission = (own: object) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName, Principal: '*', ...own },
  });
  return {
    [`${logicalId}Url`]: permission({
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    }),
    [`${logicalId}Invoke`]: permission({
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    }),
  };
}

/** A function with the alias `live`, and one URL for each. Only one of them is admitted to everyone. */
function shop(name: string, admitted: (logicalId: string) => object): Record<string, object> {
  return {
    [name]: {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'triptych:artifact': 'app' },
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.http',
        Role: arnOf('Role'),
        Code: { ZipFile: 'x' },
      },
    },
    [`${name}Version`]: {
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: { Ref: name } },
    },
    [`${name}Alias`]: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: name },
        FunctionVersion: { 'Fn::GetAtt': [`${name}Version`, 'Version'] },
        Name: 'live',
      },
    },
    [`${name}OwnUrl`]: {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: arnOf(name), AuthType: 'NONE' },
    },
    [`${name}AliasUrl`]: {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: arnOf(name), AuthType: 'NONE', Qualifier: 'live' },
      DependsOn: `${name}Alias`,
    },
    ...admitAll(`${name}Admit`, admitted(name)),
  };
}

const urlOf = (logicalId: string) => ({
  [logicalId]: { Value: { 'Fn::GetAtt': [logicalId, 'FunctionUrl'] } },
});

const template = {
  Resources: {
    ...role('Role', [{ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }]),
    ...shop('ByAlias', (name) => ({ Ref: `${name}Alias` })),
    ...shop('ByFunction', (name) => arnOf(name)),
  },
  Outputs: {
    ...urlOf('ByAliasOwnUrl'),
    ...urlOf('ByAliasAliasUrl'),
    ...urlOf('ByFunctionOwnUrl'),
    ...urlOf('ByFunctionAliasUrl'),
  },
};

let root: string;
let cloud: LocalCloud;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'alias-urls-'));
  await mkdir(join(root, 'app'));
  const handler = 'export const http = async () => ({ statusCode: 200 });';
  await writeFile(join(root, 'app/index.mjs'), handler);
  await writeFile(join(root, 'shop.json'), JSON.stringify(template));
  const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.json' } };
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts: { shop: artifact } }));
  cloud = await startLocalCloud({ root });
  await cloud.deploy(root);
});
afterAll(async () => {
  await cloud.stop();
  await rm(root, { recursive: true });
});

const statusOf = async (url: string) => (await fetch(cloud.outputs('shop')[url] ?? '')).status;

describe('the URL of an alias', () => {
  it('is opened by permissions of the alias', async () => {
    expect(await statusOf('ByAliasAliasUrl')).toBe(200);
    expect(await statusOf('ByAliasOwnUrl')).toBe(403);
  });

  it('is not opened by permissions of the function', async () => {
    expect(await statusOf('ByFunctionAliasUrl')).toBe(403);
    expect(await statusOf('ByFunctionOwnUrl')).toBe(200);
  });
});
