import { invalidParameter, invalidRequest } from '../stripe-api/stripe-error.ts';
import type { Outcome, Stamp } from './change-intent.ts';
import { chargeJson, refundedCents, refundJson } from './charge-json.ts';
import { isChargedBack } from './dispute-events.ts';
import type { Intent } from './intent.ts';
import type { Refund } from './refund.ts';
import { cardBehaviour } from './test-cards.ts';
import { timedId } from './timed-id.ts';
import { webhookEvent } from './webhook-event.ts';

export interface RefundParameters {
  /** Null refunds the rest of the charge. */
  readonly amountCents: number | null;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

const AT_ONCE = { first: 'succeeded', last: 'succeeded' } as const;

/**
 * Refunds an intent. The answer shows the first status of the refund. Its last status, which depends
 * on the card, is written at once, so every later read shows it.
 * @throws StripeError 400 when no money was taken, not enough of it is left, or the bank has taken it
 *   back
 */
export function refundIntent(intent: Intent, request: RefundParameters, stamp: Stamp): Outcome {
  const left = intent.amountCents - refundedCents(intent);
  const amountCents = request.amountCents ?? left;
  if (intent.status !== 'succeeded') {
    const message = `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`;
    throw invalidParameter('payment_intent', message);
  }
  if (left === 0) {
    const message = `Charge ${intent.chargeId} has already been refunded.`;
    throw invalidParameter('payment_intent', message, 'charge_already_refunded');
  }
  const card = cardBehaviour(intent.paymentMethod ?? '');
  if (isChargedBack(card)) {
    const message = `Charge ${intent.chargeId} has been charged back; cannot issue a refund.`;
    throw invalidRequest('charge_disputed', message);
  }
  if (amountCents > left) {
    const message = `Refund amount (${amountCents}) is greater than unrefunded amount on charge (${left})`;
    throw invalidParameter('amount', message);
  }
  const { first, last } = (card?.kind === 'succeeds' && card.refund) || AT_ONCE;
  const made: Refund = {
    id: timedId('re', stamp.nowSeconds, stamp.id),
    amountCents,
    status: first,
    failureReason: null,
    reason: request.reason,
    metadata: request.metadata,
    createdSeconds: stamp.nowSeconds,
  };
  const failed = last === 'failed';
  const settled = {
    ...made,
    status: last,
    failureReason: failed ? 'expired_or_canceled_card' : null,
  };
  const after = {
    ...intent,
    version: intent.version + 1,
    refunds: [...intent.refunds, settled],
  };
  const known = { ...after, refunds: [...intent.refunds, made] };
  const events = [
    webhookEvent('refund.created', refundJson(intent, made), stamp),
    webhookEvent('charge.refunded', chargeJson(known), { ...stamp, id: `${stamp.id}_charge` }),
  ];
  if (last !== first) {
    const type = failed ? 'refund.failed' : 'refund.updated';
    events.push(
      webhookEvent(type, refundJson(intent, settled), { ...stamp, id: `${stamp.id}_end` }),
    );
  }
  return {
    answer: { status: 200, body: refundJson(intent, made) },
    intent: { ...after, undelivered: [...intent.undelivered, ...events] },
  };
}
