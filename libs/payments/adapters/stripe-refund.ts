import type Stripe from 'stripe';
import type { ProviderRefund } from '../core/index.ts';

/**
 * Stripe's Refund in our words. https://docs.stripe.com/refunds: one that is `pending` or
 * `requires_action` may still become either, `succeeded` may still fail when the bank sends it back.
 */
export function toRefund(refund: Stripe.Refund): ProviderRefund {
  return {
    id: refund.id,
    intentId: idOf(refund.payment_intent),
    orderId: refund.metadata?.orderId ?? null,
    refundId: refund.metadata?.refundId ?? null,
    status: statusOf(refund),
    reason: refund.failure_reason ?? null,
    amount: { amountCents: refund.amount, currency: refund.currency },
  };
}

/** The id of something that Stripe may have written out in full. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}

function statusOf({ status }: Stripe.Refund): ProviderRefund['status'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}
