import type { ProviderRefund } from '../core/index.ts';
import { idOf, moneyOf, type RefundObject } from './stripe-objects.ts';

/**
 * Maps Stripe's Refund to the port's refund. `pending` and `requires_action` are not decided, and a
 * refund that succeeded can still fail when the bank returns it. https://docs.stripe.com/refunds
 */
export function toRefund(refund: RefundObject): ProviderRefund {
  return {
    id: refund.id,
    intentId: idOf(refund.payment_intent),
    orderId: refund.metadata?.orderId ?? null,
    refundId: refund.metadata?.refundId ?? null,
    status: statusOf(refund),
    reason: refund.failure_reason ?? null,
    amount: moneyOf(refund),
  };
}

function statusOf({ status }: RefundObject): ProviderRefund['status'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}
