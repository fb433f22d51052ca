import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  type ListSecretsCommandOutput,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createSecrets } from './index.ts';

const kernel = testKernel();
const secrets = createSecrets(kernel);
const [provider] = secrets.providers;
let endpoint: Endpoint;
let client: SecretsManagerClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [secrets.wire]);
  client = new SecretsManagerClient({ ...clientSettings(endpoint), maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const create = async (logicalId: string, properties: Record<string, unknown>) => {
  const resource = await provider?.create({
    stack: 'stack',
    logicalId,
    properties,
    metadata: {},
    kernel,
  });
  return resource?.physicalId ?? '';
};

describe('secrets from a template', () => {
  it('have an ARN that resolves to their value', async () => {
    const arn = await create('Given', { SecretString: 'the value' });
    expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:\d+:secret:stack-Given-\w{6}$/);
    const answer = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    expect(answer).toMatchObject({ ARN: arn, SecretString: 'the value' });
    expect(secrets.value(arn)).toBe('the value');
  });

  it('are generated from the options', async () => {
    const arn = await create('Generated', {
      GenerateSecretString: {
        PasswordLength: 64,
        ExcludePunctuation: true,
        ExcludeCharacters: 'x',
      },
    });
    expect(secrets.value(arn)).toMatch(/^[A-Za-wyz0-9]{64}$/);
    expect(secrets.value(await create('Plain', {}))).toHaveLength(32);
  });

  it('can be a JSON object with a generated member', async () => {
    const arn = await create('Template', {
      GenerateSecretString: {
        SecretStringTemplate: '{"user":"admin"}',
        GenerateStringKey: 'password',
      },
    });
    expect(JSON.parse(secrets.value(arn))).toEqual({
      user: 'admin',
      password: expect.stringMatching(/^.{32}$/),
    });
    expect(secrets.value(`${arn}:user::`)).toBe('admin');
  });

  it('reject and name an unknown option', async () => {
    await expect(create('Odd', { GenerateSecretString: { Colour: 'red' } })).rejects.toThrow(
      /Colour/,
    );
  });
});

describe('secrets created by a client', () => {
  it('keep their previous value when they change', async () => {
    await client.send(new CreateSecretCommand({ Name: 'rotated', SecretString: 'one' }));
    await client.send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'two' }));
    const value = async (stage?: string) => {
      const answer = await client.send(
        new GetSecretValueCommand({ SecretId: 'rotated', VersionStage: stage }),
      );
      return answer.SecretString;
    };
    expect(await value()).toBe('two');
    expect(await value('AWSPREVIOUS')).toBe('one');
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'rotated' }));
    expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([
      ['AWSCURRENT'],
      ['AWSPREVIOUS'],
    ]);
  });

  it('can be created without a value', async () => {
    const created = await client.send(new CreateSecretCommand({ Name: 'empty' }));
    expect(created.VersionId).toBeUndefined();
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'empty' }));
    expect(described.VersionIdsToStages).toBeUndefined();
    const read = () => client.send(new GetSecretValueCommand({ SecretId: 'empty' }));
    await expect(read()).rejects.toThrow(/secret value for staging label: AWSCURRENT/);
    await client.send(new PutSecretValueCommand({ SecretId: 'empty', SecretString: 'now' }));
    expect((await read()).SecretString).toBe('now');
  });

  it.each(['bad name', 'star*', 'ä', 'x'.repeat(513)])('reject the name %j', async (Name) => {
    await expect(
      client.send(new CreateSecretCommand({ Name, SecretString: 'x' })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are created once per token', async () => {
    const ClientRequestToken = randomUUID();
    const create = (SecretString: string) =>
      client.send(new CreateSecretCommand({ Name: 'once', SecretString, ClientRequestToken }));
    const first = await create('one');
    expect((await create('one')).VersionId).toBe(first.VersionId);
    await expect(create('two')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('are listed in pages, by name or newest first', async () => {
    for (const Name of ['list/b', 'list/a', 'list/c']) {
      await client.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
    }
    const list = (more: object) =>
      client.send(
        new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['list/'] }], ...more }),
      );
    const names = ({ SecretList }: ListSecretsCommandOutput) => SecretList?.map(({ Name }) => Name);
    const byName = { SortBy: 'name', SortOrder: 'asc', MaxResults: 2 };
    const first = await list(byName);
    expect(names(first)).toEqual(['list/a', 'list/b']);
    const second = await list({ ...byName, NextToken: first.NextToken });
    expect(names(second)).toEqual(['list/c']);
    expect(second.NextToken).toBeUndefined();
    await expect(list({ NextToken: 'zzz' })).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('fail for a missing secret and an unsupported call', async () => {
    await expect(
      client.send(new GetSecretValueCommand({ SecretId: 'absent' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(new ListSecretVersionIdsCommand({ SecretId: 'a' }))).rejects.toThrow(
      /ListSecretVersionIds/,
    );
  });
});
