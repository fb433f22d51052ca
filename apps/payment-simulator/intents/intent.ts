import type { Refund } from './refund.ts';

/** Stripe's card error: https://docs.stripe.com/error-handling#card-errors */
export interface CardError {
  readonly type: 'card_error';
  readonly code: string;
  readonly decline_code: string;
  readonly message: string;
  readonly param?: string;
  readonly advice_code?: string;
}

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'succeeded'
  | 'canceled';

/** An event to deliver. Its payload shows the intent at the time of the change. */
export interface WebhookEvent {
  readonly id: string;
  readonly payload: string;
}

/** The simulator's record of a PaymentIntent. */
export interface Intent {
  readonly id: string;
  /** Incremented by every write. Every write is conditional on it. */
  readonly version: number;
  readonly amountCents: number;
  readonly currency: string;
  readonly status: IntentStatus;
  readonly paymentMethod: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdSeconds: number;
  readonly canceledSeconds: number | null;
  readonly cancellationReason: string | null;
  readonly chargeId: string | null;
  readonly chargedSeconds: number | null;
  readonly refunds: readonly Refund[];
  readonly lastError: CardError | null;
  /** Events that are not on the delivery queue yet. Written together with the change. */
  readonly undelivered: readonly WebhookEvent[];
}

/** Stripe's JSON of an intent, with the fields that this simulator supports. */
export function intentJson(intent: Intent) {
  const { id, paymentMethod } = intent;
  return {
    id,
    object: 'payment_intent',
    amount: intent.amountCents,
    amount_capturable: 0,
    amount_received: intent.status === 'succeeded' ? intent.amountCents : 0,
    canceled_at: intent.canceledSeconds,
    cancellation_reason: intent.cancellationReason,
    capture_method: 'automatic_async',
    confirmation_method: 'automatic',
    created: intent.createdSeconds,
    currency: intent.currency,
    last_payment_error: intent.lastError,
    latest_charge: intent.chargeId,
    livemode: false,
    metadata: intent.metadata,
    next_action: intent.status === 'requires_action' ? { type: 'use_stripe_sdk' } : null,
    payment_method: paymentMethod,
    payment_method_types: ['card'],
    status: intent.status,
  };
}
