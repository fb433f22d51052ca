import { isChargedBack } from './dispute-events.ts';
import type { Intent } from './intent.ts';
import type { Refund } from './refund.ts';
import { cardBehaviour } from './test-cards.ts';

/** The cents of an intent that are refunded or about to be. */
export function refundedCents({ refunds }: Intent): number {
  return refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((cents, { amountCents }) => cents + amountCents, 0);
}

/** Stripe's JSON of a refund, with the fields that this simulator supports. */
export function refundJson(intent: Intent, refund: Refund) {
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amountCents,
    charge: intent.chargeId,
    created: refund.createdSeconds,
    currency: intent.currency,
    ...(refund.failureReason === null ? {} : { failure_reason: refund.failureReason }),
    metadata: refund.metadata,
    payment_intent: intent.id,
    reason: refund.reason,
    status: refund.status,
  };
}

/** Stripe's JSON of the charge of a succeeded intent. As at Stripe, it has the intent's metadata. */
export function chargeJson(intent: Intent) {
  const amountRefunded = refundedCents(intent);
  return {
    id: intent.chargeId,
    object: 'charge',
    amount: intent.amountCents,
    amount_captured: intent.amountCents,
    amount_refunded: amountRefunded,
    captured: true,
    created: intent.chargedSeconds,
    currency: intent.currency,
    disputed: isChargedBack(cardBehaviour(intent.paymentMethod ?? '')),
    livemode: false,
    metadata: intent.metadata,
    paid: true,
    payment_intent: intent.id,
    payment_method: intent.paymentMethod,
    refunded: amountRefunded === intent.amountCents,
    status: 'succeeded',
  };
}
