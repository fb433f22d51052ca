import type { Intent, WebhookEvent } from './intent.ts';
import type { CardBehaviour, DisputeCourse } from './test-cards.ts';
import { webhookEvent } from './webhook-event.ts';

type Stamp = Parameters<typeof webhookEvent>[2];

/** Time to answer a dispute: https://docs.stripe.com/disputes/responding */
const DUE_SECONDS = 7 * 24 * 60 * 60;

/** The events of the disputes and warnings that follow the charge of some cards at once. */
export function disputeEvents(intent: Intent, card: CardBehaviour, stamp: Stamp): WebhookEvent[] {
  if (card.kind !== 'succeeds') return [];
  const event = (type: string, object: object, suffix: string) =>
    webhookEvent(type, object, { ...stamp, id: `${stamp.id}_${suffix}` });
  const disputes = (card.disputes ?? []).flatMap((course, index) => {
    const dispute = disputeJson(intent, course, `du_${stamp.id}_${index}`, stamp);
    const created = event('charge.dispute.created', dispute, `dispute${index}`);
    if (course.isInquiry) return [created];
    return [created, event('charge.dispute.funds_withdrawn', dispute, `withdrawn${index}`)];
  });
  if (!card.hasFraudWarning) return disputes;
  const warning = fraudWarningJson(intent, stamp);
  return [...disputes, event('radar.early_fraud_warning.created', warning, 'warning')];
}

/** True when the bank has taken a charge's money back. Such a charge cannot be refunded. */
export function isChargedBack(card: CardBehaviour | undefined): boolean {
  return card?.kind === 'succeeds' && (card.disputes ?? []).some(({ isInquiry }) => !isInquiry);
}

/** Stripe's JSON of a dispute: https://docs.stripe.com/api/disputes/object */
function disputeJson(
  intent: Intent,
  { reason, isInquiry }: DisputeCourse,
  id: string,
  { nowSeconds }: Stamp,
) {
  return {
    id,
    object: 'dispute',
    amount: intent.amountCents,
    balance_transactions: [],
    charge: intent.chargeId,
    created: nowSeconds,
    currency: intent.currency,
    evidence_details: {
      due_by: nowSeconds + DUE_SECONDS,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: intent.id,
    reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  };
}

/** Stripe's JSON of a warning: https://docs.stripe.com/api/radar/early_fraud_warnings/object */
const fraudWarningJson = (intent: Intent, { id, nowSeconds }: Stamp) => ({
  id: `issfr_${id}`,
  object: 'radar.early_fraud_warning',
  actionable: true,
  charge: intent.chargeId,
  created: nowSeconds,
  fraud_type: 'misc',
  livemode: false,
  payment_intent: intent.id,
});
