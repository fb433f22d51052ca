import type Stripe from 'stripe';
import type { Intent } from '../core/index.ts';

/**
 * Maps Stripe's PaymentIntent to the port's intent. After a failed charge, Stripe sets an intent back
 * to `requires_payment_method`, with a `last_payment_error`. This shop never offers another card, so
 * such an intent is declined. https://docs.stripe.com/payments/paymentintents/lifecycle
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
