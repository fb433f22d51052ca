import { ConfigError, loadConfig } from '@triptych/platform/config';
import { expect, it } from 'vitest';
import { paymentsSettings } from './settings.ts';

const env = {
  SERVICE_NAME: 'payments',
  VARIANT: 'serverless',
  BASE_URL: 'http://127.0.0.1:4002',
  PAYMENTS_TABLE: 'payments',
  EVENT_BUS: 'bus',
  QUEUE_URL: 'http://127.0.0.1:4566/000000000000/payments',
  DEADLINE_QUEUE_URL: 'http://127.0.0.1:4566/000000000000/deadlines',
  PROVIDER_URL: 'http://127.0.0.1:9000/',
  PROVIDER_KEY: 'sk_test_x',
  WEBHOOK_SECRET: 'whsec_x',
};

it('accepts a test key', async () => {
  const config = await loadConfig(paymentsSettings, { env });
  expect(config.PROVIDER_KEY.reveal()).toBe('sk_test_x');
});

it.each(['sk_live_abc', 'rk_live_abc'])('rejects %s by name, without showing it', async (live) => {
  const loading = loadConfig(paymentsSettings, { env: { ...env, PROVIDER_KEY: live } });
  await expect(loading).rejects.toThrow(ConfigError);
  await expect(loading).rejects.toThrow('PROVIDER_KEY is a live key');
  await expect(loading).rejects.not.toThrow(live);
});
