import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localAws } from '@triptych/base/local-aws';
import { startLocalCloud } from '@triptych/local-cloud';
import { expect, it } from 'vitest';
import { deployWithStripe, stripeKeyFrom } from './stripe-key.ts';

it.each([undefined, '', '  '])('is undefined when the variable is %j', (value) => {
  expect(stripeKeyFrom(value)).toBeUndefined();
});

it('accepts test keys, secret or restricted', () => {
  expect(stripeKeyFrom(' sk_test_abc123\n')).toBe('sk_test_abc123');
  expect(stripeKeyFrom('rk_test_abc123')).toBe('rk_test_abc123');
});

it.each(['sk_live_secret', 'rk_live_secret'])('rejects live key %s without printing it', (key) => {
  const kind = key.slice(0, 7);
  expect(() => stripeKeyFrom(key)).toThrow(`STRIPE_SECRET_KEY is a live key (${kind}_…)`);
  expect(() => stripeKeyFrom(key)).not.toThrow('secret');
});

it.each(['pk_test_abc', 'whsec_abc', 'sk_test_'])('rejects %s', (key) => {
  expect(() => stripeKeyFrom(key)).toThrow('not a Stripe test key');
});

it('is in its secret before the stacks that read it are deployed', async () => {
  const root = await mkdtemp(join(tmpdir(), 'stripe-key-'));
  const state = 'triptych-serverless-state';
  const payments = 'triptych-serverless-payments';
  const templates = {
    [state]: {
      Resources: {
        Key: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'generated' } },
      },
      Outputs: { ProviderKeyArn: { Value: { Ref: 'Key' } } },
    },
    [payments]: { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } } },
  };
  const artifacts = Object.fromEntries(
    Object.keys(templates).map((name) => [
      name,
      { type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.json` } },
    ]),
  );
  for (const [name, template] of Object.entries(templates)) {
    await writeFile(join(root, `${name}.json`), JSON.stringify(template));
  }
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts }));
  const cloud = await startLocalCloud({ root });
  const secrets = new SecretsManagerClient(localAws(cloud.endpointUrl));
  const seen: string[] = [];
  await deployWithStripe(
    cloud,
    { assembly: root, variants: ['serverless'], key: 'sk_test_abc' },
    { onProgress: ({ stack, status }) => status === 'ready' && seen.push(stack) },
  );
  const SecretId = cloud.outputs(state).ProviderKeyArn;
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  expect(SecretString).toBe('sk_test_abc');
  expect(seen).toEqual([state, payments]);
  secrets.destroy();
  await cloud.stop();
  await rm(root, { recursive: true });
});
