import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createSts } from './index.ts';

it('returns the identity of the caller, and names unsupported calls', async () => {
  const kernel = testKernel();
  const endpoint = await startTestEndpoint(kernel, [createSts(kernel).wire]);
  const client = new STSClient({ ...clientSettings(endpoint), maxAttempts: 1 });
  const identity = await client.send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:root',
  });
  await expect(client.send(new GetSessionTokenCommand({}))).rejects.toThrow('GetSessionToken');
  client.destroy();
  await endpoint.stop();
});
