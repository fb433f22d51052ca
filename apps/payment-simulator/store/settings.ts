import { commonSettings, secret, text } from '@triptych/platform/config';
import { Type } from 'typebox';

/**
 * The simulator's settings. The keys are the names of environment variables. A secret is also read
 * from Secrets Manager, by the ARN in `PROVIDER_KEY_ARN` or `WEBHOOK_SECRET_ARN`.
 */
export const simulatorSettings = Type.Object({
  ...commonSettings,
  /** See dynamo-simulator.ts. */
  SIMULATOR_TABLE: text(),
  DELIVERY_QUEUE_URL: text(),
  /** The shop's `/payments/webhooks/stripe`. */
  WEBHOOK_URL: text({ pattern: '^https?://\\S+$' }),
  PROVIDER_KEY: secret(),
  WEBHOOK_SECRET: secret(),
});
