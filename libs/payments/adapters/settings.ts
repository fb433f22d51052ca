import { commonSettings, secret, text } from '@triptych/platform/config';
import { Type } from 'typebox';

/** Payments' settings. The keys are the names of environment variables. */
export const paymentsSettings = Type.Object({
  ...commonSettings,
  PAYMENTS_TABLE: text(),
  EVENT_BUS: text(),
  QUEUE_URL: text(),
  DEADLINE_QUEUE_URL: text(),
  /** Origin of Stripe's API or of the simulator. A function URL ends in a slash. */
  PROVIDER_URL: text({ pattern: '^https?://[^\\s/]+/?$' }),
  PROVIDER_KEY: secret({
    reject: {
      pattern: '^(sk|rk)_live_',
      message: 'is a live key: this shop takes no real money and accepts only test keys',
    },
  }),
  WEBHOOK_SECRET: secret(),
});
