import type { Secret } from '@triptych/platform/config';
import { span } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import type {
  CreateAnswer,
  IntentAnswer,
  PaymentProvider,
  ProviderStatement,
} from '../core/index.ts';
import { connectStripe } from './stripe-client.ts';
import { logFault, type StripeFault } from './stripe-fault.ts';
import { toIntent } from './stripe-intent.ts';
import { stripeRefunds } from './stripe-refunds.ts';
import { stripeStatement } from './stripe-statement.ts';

/** A worker handles a message in 25 s, and no message makes more than two calls. */
const TIMEOUT_MS = 10_000;

interface Options {
  /** Origin of Stripe's API, or of the simulator. */
  url: string;
  key: Secret;
  timeoutMs?: number;
}

/**
 * Charges cards and pays back through Stripe's official SDK, in two steps: an unconfirmed intent first, then the
 * confirmation of that one. The SDK never retries by itself: what is unknown is settled by looking,
 * not by sending again.
 */
export function stripeProvider({
  url,
  key,
  timeoutMs = TIMEOUT_MS,
}: Options): PaymentProvider & ProviderStatement {
  let client: Promise<Stripe> | undefined;
  const stripe = () => {
    client ??= connectStripe(url, key, timeoutMs);
    return client;
  };
  const ask = (name: string, intentId: string, call: (api: Stripe) => Promise<unknown>) =>
    span(`payments.provider-${name}`, { intentId }, async (): Promise<IntentAnswer> => {
      try {
        return toIntent((await call(await stripe())) as Stripe.PaymentIntent);
      } catch (error) {
        return outcomeOfError(name, error);
      }
    });

  return {
    createIntent: ({ orderId, attempt, amount, paymentMethod }) =>
      span('payments.provider-create', { orderId, attempt }, async () => {
        const api = await stripe();
        try {
          const intent = await api.paymentIntents.create(
            {
              amount: amount.amountCents,
              currency: amount.currency,
              payment_method: paymentMethod,
              // API 2026-09-30.endive took the writable `payment_method_types` away:
              // https://docs.stripe.com/changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-from-payment-intents-and-setup-intents
              allowed_payment_method_types: ['card'],
              metadata: { orderId },
            },
            { idempotencyKey: `order-${orderId}-create-${attempt}` },
          );
          return { kind: 'created', intent: toIntent(intent) };
        } catch (error) {
          return refusalOrUnknown(error);
        }
      }),
    // A card that asks its owner something cannot be asked here: the order is placed already, so
    // that is a decline.
    confirmIntent: (intentId, idempotencyKey) =>
      ask('confirm', intentId, (api) =>
        api.paymentIntents.confirm(
          intentId,
          { error_on_requires_action: true },
          { idempotencyKey },
        ),
      ),
    retrieveIntent: (intentId) =>
      ask('retrieve', intentId, (api) => api.paymentIntents.retrieve(intentId)),
    // Without a key: cancelling twice is harmless, and a stored fault must not stand in its way.
    cancelIntent: (intentId) =>
      ask('cancel', intentId, (api) =>
        api.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }),
      ),
    ...stripeRefunds(stripe),
    async *statement(sinceMs) {
      yield* stripeStatement(await stripe(), sinceMs);
    },
  };
}

/** Only a declined card decides an intent; after anything else nobody knows. */
function outcomeOfError(step: string, error: unknown): IntentAnswer {
  const fault = error as StripeFault;
  if (fault.type === 'StripeCardError' && fault.payment_intent) {
    return toIntent(fault.payment_intent);
  }
  logFault(step, fault);
  return 'unknown';
}

function refusalOrUnknown(error: unknown): CreateAnswer {
  const fault = error as StripeFault;
  if (fault.type === 'StripeCardError' || isAboutTheOrder(fault)) {
    return { kind: 'refused', code: fault.code ?? 'invalid-request' };
  }
  logFault('create', fault);
  return { kind: 'unknown', keySpent: (fault.statusCode ?? 0) >= 500 };
}

/**
 * A card or an amount that Stripe will never take; other invalid requests are faults of ours, no
 * decline of the customer's.
 */
function isAboutTheOrder({ type, param = '' }: StripeFault): boolean {
  const ofTheOrder = ['payment_method', 'amount', 'currency'];
  return type === 'StripeInvalidRequestError' && ofTheOrder.includes(param);
}
