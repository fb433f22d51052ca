import type Stripe from 'stripe';
import type { Intent } from '../core/index.ts';

/**
 * Stripe's PaymentIntent in our words. https://docs.stripe.com/payments/paymentintents/lifecycle:
 * after a failed charge an intent is back at `requires_payment_method`, told from a fresh one by
 * `last_payment_error`. We never offer it another card, so it is declined.
 */
export function toIntent(intent: Stripe.PaymentIntent): Intent {
  return {
    id: intent.id,
    orderId: intent.metadata?.orderId ?? null,
    status: statusOf(intent),
    amount: { amountCents: intent.amount, currency: intent.currency },
  };
}

function statusOf(intent: Stripe.PaymentIntent): Intent['status'] {
  switch (intent.status) {
    case 'succeeded':
      return 'succeeded';
    case 'canceled':
      return 'cancelled';
    case 'processing':
      return 'processing';
    case 'requires_payment_method':
      return intent.last_payment_error ? 'declined' : 'open';
    default:
      return 'open';
  }
}
