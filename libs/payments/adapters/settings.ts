import { commonSettings, secret, text } from '@triptych/platform/config';
import { Type } from 'typebox';

/** How to reach the payment provider. */
export const providerSettings = {
  /** Origin of Stripe's API or of the simulator. A function URL ends in a slash. */
  PROVIDER_URL: text({ pattern: '^https?://[^\\s/]+/?$' }),
  /** Live keys are rejected at boot. */
  PROVIDER_KEY: secret({
    reject: {
      pattern: '^(sk|rk)_live_',
      message: 'is a live key: this shop takes no real money and accepts only test keys',
    },
  }),
};

/**
 * Payments' settings. The keys are the names of environment variables. A secret is also read from
 * Secrets Manager, by the ARN in `PROVIDER_KEY_ARN` or `WEBHOOK_SECRET_ARN`.
 */
export const paymentsSettings = Type.Object({
  ...commonSettings,
  /** See dynamo-payments.ts. */
  PAYMENTS_TABLE: text(),
  EVENT_BUS: text(),
  /** Receives catalog's answers, requested refunds and the daily schedule. */
  QUEUE_URL: text(),
  /** Receives order.placed and refund.requested 15 minutes late. */
  DEADLINE_QUEUE_URL: text(),
  ...providerSettings,
  /** Verifies the provider's webhooks. */
  WEBHOOK_SECRET: secret(),
  /**
   * ARN of what coordinates checkouts: a state machine, or a durable function with its version. Absent:
   * events do.
   */
  CHECKOUT_ARN: Type.Optional(text()),
});
