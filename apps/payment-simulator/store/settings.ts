import { commonSettings, secret, text } from '@triptych/platform/config';
import { Type } from 'typebox';

/** What the simulator is configured with; the keys are the names of environment variables. */
export const simulatorSettings = Type.Object({
  ...commonSettings,
  SIMULATOR_TABLE: text(),
  DELIVERY_QUEUE_URL: text(),
  /** Where the shop takes webhooks. */
  WEBHOOK_URL: text({ pattern: '^https?://\\S+$' }),
  PROVIDER_KEY: secret(),
  WEBHOOK_SECRET: secret(),
});
