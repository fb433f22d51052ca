import type { Intent } from '../core/index.ts';
import { type IntentObject, moneyOf } from './stripe-objects.ts';

/** The reason with which this shop cancels an intent. */
export const CANCELLATION_REASON = 'abandoned';

/**
 * Maps Stripe's PaymentIntent to the port's intent. After a failed charge, Stripe sets an intent back
 * to `requires_payment_method`, with a `last_payment_error`. This shop never offers another card, so
 * such an intent is declined. https://docs.stripe.com/payments/paymentintents/lifecycle
 */
export function toIntent(intent: IntentObject): Intent {
  const status = statusOf(intent);
  const code = codeOf(intent, status);
  return {
    id: intent.id,
    orderId: intent.metadata.orderId ?? null,
    status,
    ...(code === null ? {} : { code }),
    amount: moneyOf(intent),
  };
}

function statusOf({ status, last_payment_error }: IntentObject): Intent['status'] {
  switch (status) {
    case 'succeeded':
      return 'succeeded';
    case 'canceled':
      return 'cancelled';
    case 'processing':
      return 'processing';
    case 'requires_payment_method':
      return last_payment_error ? 'declined' : 'open';
    default:
      return 'open';
  }
}

/** An issuer's reason is in `decline_code`. Some errors have only a `code`. */
function codeOf(intent: IntentObject, status: Intent['status']): string | null {
  if (status === 'declined') {
    const { code, decline_code } = intent.last_payment_error ?? {};
    return decline_code ?? code ?? null;
  }
  if (status !== 'cancelled' || intent.cancellation_reason === CANCELLATION_REASON) return null;
  return intent.cancellation_reason ?? 'no-reason';
}
