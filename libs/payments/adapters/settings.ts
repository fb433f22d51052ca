import { commonSettings, secret, text } from '@triptych/platform/config';
import { Type } from 'typebox';

/** What payments is configured with; the keys are the names of environment variables. */
export const paymentsSettings = Type.Object({
  ...commonSettings,
  PAYMENTS_TABLE: text(),
  EVENT_BUS: text(),
  QUEUE_URL: text(),
  DEADLINE_QUEUE_URL: text(),
  /** Stripe's address or the simulator's; a function URL ends in a slash, so that is allowed. */
  PROVIDER_URL: text({ pattern: '^https?://[^\\s/]+/?$' }),
  PROVIDER_KEY: secret({
    refuse: {
      pattern: '^(sk|rk)_live_',
      because: 'is a live key: only test keys are accepted, this shop takes no real money',
    },
  }),
  WEBHOOK_SECRET: secret(),
});
