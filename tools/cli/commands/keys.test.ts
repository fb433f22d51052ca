import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { aesGcmSeal, dynamoKeys } from '@triptych/auth/adapters';
import { localAws } from '@triptych/base/local-aws';
import { type LocalCloud, startLocalCloud } from '@triptych/local-cloud';
import { rotateKeys } from '@triptych/shop/admin/rotate-keys';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outcome } from './keys.ts';

const keyEncryptionKey = 'a key-encryption key of the operator';
const stack = 'triptych-serverless-state';
const template = {
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Key: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: keyEncryptionKey } },
  },
  Outputs: {
    AuthTableName: { Value: { Ref: 'Table' } },
    KeyEncryptionKeyArn: { Value: { Ref: 'Key' } },
  },
};

let root: string;
let cloud: LocalCloud;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rotate-keys-'));
  const templateFile = 'state.template.json';
  const artifacts = {
    [stack]: { type: 'aws:cloudformation:stack', properties: { templateFile } },
  };
  await writeFile(join(root, templateFile), JSON.stringify(template));
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts }));
  cloud = await startLocalCloud({ root });
  await cloud.deploy(root);
});
afterAll(async () => {
  await cloud.stop();
  await rm(root, { recursive: true });
});

it('publishes one key that the service can open, even when it runs twice', async () => {
  const { endpointUrl } = cloud;
  const first = await rotateKeys({ variant: 'serverless', endpointUrl });
  expect(outcome(first)).toMatch(
    /^a new key is published; it signs from the first daily run after \d{4}-/,
  );
  const again = await rotateKeys({ variant: 'serverless', endpointUrl });
  expect(outcome(again)).toMatch(/^a new key is already published; /);
  expect(again.nextSignsAtMs).toBe(first.nextSignsAtMs);

  const client = new DynamoDBClient(localAws(endpointUrl));
  const table = cloud.outputs(stack).AuthTableName ?? '';
  const ring = await dynamoKeys({ client, table }).load();
  client.destroy();
  expect(ring?.keys.map(({ state }) => state)).toEqual(['current', 'next']);
  const seal = aesGcmSeal(keyEncryptionKey);
  for (const { kid, sealedPrivateKey } of ring?.keys ?? []) {
    expect(seal.open(sealedPrivateKey, kid)).toContain('PRIVATE KEY');
  }
});

it('names the stack of a variant that is not deployed', async () => {
  const rotating = rotateKeys({ variant: 'hybrid', endpointUrl: cloud.endpointUrl });
  await expect(rotating).rejects.toThrow('Cannot read stack triptych-hybrid-state');
});

it('says when the new key already signs, and when another rotation came first', () => {
  const nothing = { promoteNext: false, publishNext: false, hastenNext: false, drop: [] };
  expect(outcome({ rotation: { ...nothing, promoteNext: true } })).toMatch(
    /^the new key signs now/,
  );
  expect(outcome({ rotation: nothing })).toMatch(/^another rotation/);
});
