import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DataPlane, startDataPlane } from '../testing/data-plane.ts';
import { loadConfig, secret, url } from './index.ts';

let plane: DataPlane;
beforeAll(async () => {
  plane = await startDataPlane();
  for (const [name, value] of Object.entries(plane.environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await plane.stop();
});

const schema = Type.Object({ PROVIDER_KEY: secret() });

describe('secrets in Secrets Manager', () => {
  it('are read at boot by their ARN', async () => {
    const arn = await plane.createSecret({ Name: 'provider-key', SecretString: 'sk_test_1' });
    const config = await loadConfig(schema, { env: { PROVIDER_KEY_ARN: arn } });
    expect(config.PROVIDER_KEY.reveal()).toBe('sk_test_1');
  });

  it('may hold a plain setting, found by the name of its entry', async () => {
    await plane.createSecret({ Name: 'shop-base-url', SecretString: 'https://shop.example' });
    const address = Type.Object({ BASE_URL: url() });
    expect(await loadConfig(address, { env: { BASE_URL_ARN: 'shop-base-url' } })).toEqual({
      BASE_URL: 'https://shop.example',
    });
  });

  it('are a configuration fault when they do not exist', async () => {
    const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:no-such-secret';
    await expect(loadConfig(schema, { env: { PROVIDER_KEY_ARN: arn } })).rejects.toThrow(
      `PROVIDER_KEY could not be read from ${arn}: ResourceNotFoundException`,
    );
  });
});
