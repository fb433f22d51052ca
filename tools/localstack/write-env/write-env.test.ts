import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { envFile } from './env-file.ts';
import { writeEnv } from './index.ts';

describe("a file for node's --env-file", () => {
  it.each([
    'plain',
    '',
    'a b',
    '#no comment',
    '"quoted"',
    "it's",
    'a\\nb',
    'a\nb',
    "'\\n",
    ' x ',
    'a=b',
    `\${A}`,
    '`',
  ])('preserves the value %j', (value) => {
    expect(parseEnv(envFile({ FIRST: '1', VALUE: value, LAST: '2' }))).toEqual({
      FIRST: '1',
      VALUE: value,
      LAST: '2',
    });
  });

  it('rejects a value with all three kinds of quotes and names the variable', () => {
    expect(() => envFile({ VALUE: `'"\`` })).toThrow('VALUE');
  });
});

describe('the settings of containers', () => {
  let root: string;
  let assembly: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'triptych-env-'));
    assembly = join(root, 'from');
    await mkdir(assembly);
    const file = (name: string, value: object) =>
      writeFile(join(assembly, name), JSON.stringify(value));
    await file('manifest.json', {
      artifacts: {
        'triptych-hybrid-auth': {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'triptych-hybrid-auth.template.json' },
        },
      },
    });
    await file('triptych-hybrid-auth.assets.json', {});
    await file('triptych-hybrid-auth.template.json', {
      Resources: {
        Task: {
          Type: 'AWS::ECS::TaskDefinition',
          Properties: {
            ContainerDefinitions: [
              {
                Name: 'auth',
                Environment: [
                  { Name: 'AUTH_TABLE', Value: { 'Fn::ImportValue': 'state:Table' } },
                  {
                    Name: 'BASE_URL',
                    Value: { 'Fn::Join': ['', ['http://', { Ref: 'AWS::Region' }]] },
                  },
                ],
                Secrets: [{ Name: 'KEY', ValueFrom: { 'Fn::ImportValue': 'state:Key' } }],
              },
            ],
          },
        },
      },
    });
  });
  afterAll(() => rm(root, { recursive: true }));

  const key = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:key-AbCdEf';
  const deployment = (exports: [string, string][]) => ({
    endpoint: 'http://localstack:4566',
    session: 'run-1',
    assembly,
    exports: new Map(exports),
    stacks: new Map([
      ['s', new Map([['Q', { type: 'T', physicalId: 'q', attributes: { Arn: 'a' } }]])],
    ]),
  });

  it('contain the resolved variables of the task definitions and the ARNs of secrets', async () => {
    const to = join(root, 'to');
    const target = deployment([
      ['state:Table', 'table-1'],
      ['state:Key', key],
    ]);
    expect(await writeEnv(to, target)).toEqual(['hybrid/auth.env']);
    const path = join(to, 'hybrid/auth.env');
    expect(parseEnv(await readFile(path, 'utf8'))).toEqual({
      AWS_ENDPOINT_URL: 'http://localstack:4566',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      TRIPTYCH_LOCALSTACK_SESSION: 'run-1',
      AUTH_TABLE: 'table-1',
      BASE_URL: 'http://us-east-1',
      KEY_ARN: key,
    });
    // Windows has no permission bits.
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeEnv(to, target);
    expect((await readdir(to)).sort()).toEqual(['assembly', 'hybrid', 'resources.json']);
    expect((await readdir(join(to, 'assembly'))).sort()).toEqual([
      'manifest.json',
      'triptych-hybrid-auth.template.json',
    ]);
    expect(JSON.parse(await readFile(join(to, 'resources.json'), 'utf8'))).toMatchObject({
      session: 'run-1',
      exports: { 'state:Table': 'table-1' },
      stacks: { s: { Q: { type: 'T', physicalId: 'q', attributes: { Arn: 'a' } } } },
    });
  });

  it.each([
    [[['state:Key', key]], 'the export state:Table'],
    [
      [
        ['state:Table', 't'],
        ['state:Key', `${key}:part::`],
      ],
      'part of a secret',
    ],
  ])('are rejected if a reference cannot be resolved: %j', async (exports, reason) => {
    const target = deployment(exports as [string, string][]);
    await expect(writeEnv(join(root, 'no'), target)).rejects.toThrow(reason);
  });
});
