import { chargeLimits } from '@triptych/events';
import type { Secret } from '@triptych/platform/config';
import { span } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import {
  type IntentAnswer,
  type NotCreated,
  type PaymentProvider,
  type ProviderStatement,
  sameMoney,
} from '../core/index.ts';
import { connectStripe } from './stripe-client.ts';
import { logFault, notCreated, type StripeFault } from './stripe-fault.ts';
import { CANCELLATION_REASON, toIntent } from './stripe-intent.ts';
import { IntentObject, moneyOf, requested } from './stripe-objects.ts';
import { stripeRefunds } from './stripe-refunds.ts';
import { stripeStatement } from './stripe-statement.ts';

/** A message makes at most two calls, and a worker has 25 s for it. */
const TIMEOUT_MS = 10_000;

/** Parameters that come from the order. */
const ORDER_PARAMETERS = ['payment_method', 'amount', 'currency'];

interface Options {
  /** Origin of Stripe's API, or of the simulator. */
  url: string;
  key: Secret;
  timeoutMs?: number;
}

/**
 * Charges and refunds cards through Stripe's official SDK. A charge takes two steps: create an
 * unconfirmed intent, then confirm that intent. The SDK does not retry: an unknown outcome is settled
 * by retrieving the intent, not by sending the request again. Only the requested object is an answer;
 * anything else leaves the outcome unknown (stripe-objects.ts).
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
        return intentOf(await call(await stripe()), intentId);
      } catch (error) {
        return outcomeOfError(name, error, intentId);
      }
    });

  return {
    chargeLimits,
    createIntent: ({ orderId, attempt, amount, paymentMethod }) =>
      span('payments.provider-create', { orderId, attempt }, async () => {
        const api = await stripe();
        try {
          const answer = await api.paymentIntents.create(
            {
              amount: amount.amountCents,
              currency: amount.currency,
              payment_method: paymentMethod,
              // API 2026-09-30.endive removed the writable `payment_method_types`:
              // https://docs.stripe.com/changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-from-payment-intents-and-setup-intents
              allowed_payment_method_types: ['card'],
              metadata: { orderId },
            },
            { idempotencyKey: `order-${orderId}-create-${attempt}` },
          );
          const intent = requested(
            IntentObject,
            answer,
            (made) => sameMoney(moneyOf(made), amount) && made.metadata.orderId === orderId,
          );
          return { kind: 'created', intent: toIntent(intent) };
        } catch (error) {
          return naming(error as StripeFault, notCreated('create', error, isAboutOrder));
        }
      }),
    // The customer is not present to authenticate, so a card that requires it is declined.
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
    // Without an idempotency key: cancelling twice is harmless, and Stripe would replay a fault.
    cancelIntent: (intentId) =>
      ask('cancel', intentId, (api) =>
        api.paymentIntents.cancel(intentId, { cancellation_reason: CANCELLATION_REASON }),
      ),
    ...stripeRefunds(stripe),
    async *statement(sinceMs) {
      yield* stripeStatement(await stripe(), sinceMs);
    },
  };
}

/** @throws UnexpectedAnswer unless the answer is this intent */
const intentOf = (answer: unknown, intentId: string) =>
  toIntent(requested(IntentObject, answer, ({ id }) => id === intentId));

/** Only a declined card decides an intent. After any other error its state is unknown. */
function outcomeOfError(step: string, error: unknown, intentId: string): IntentAnswer {
  let fault = error as StripeFault;
  if (fault.type === 'StripeCardError') {
    try {
      return intentOf(fault.payment_intent, intentId);
    } catch (unexpected) {
      fault = unexpected as StripeFault;
    }
  }
  logFault(step, fault);
  return 'unknown';
}

/** Adds to a refusal which part of the request Stripe names. */
function naming({ param }: StripeFault, answer: NotCreated): NotCreated {
  const isNamed = param === 'amount' || param === 'currency';
  return answer.kind === 'refused' && isNamed ? { ...answer, about: param } : answer;
}

/**
 * Stripe will never accept this order's card or amount. Other invalid requests are our own faults
 * and do not decline the order.
 */
function isAboutOrder({ type, param = '' }: StripeFault): boolean {
  if (type === 'StripeCardError') return true;
  return type === 'StripeInvalidRequestError' && ORDER_PARAMETERS.includes(param);
}
