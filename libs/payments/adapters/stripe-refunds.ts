import { span } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import { MAX_REFUNDS, type PaymentProvider, refundKey } from '../core/index.ts';
import { logFault, notCreated, type StripeFault } from './stripe-fault.ts';
import { toRefund } from './stripe-refund.ts';

/** Leaves room for refunds made in Stripe's dashboard. */
const MAX_LISTED = 2 * MAX_REFUNDS;

/** Refunds through Stripe's SDK. https://docs.stripe.com/api/refunds */
export function stripeRefunds(
  stripe: () => Promise<Stripe>,
): Pick<PaymentProvider, 'createRefund' | 'listRefunds'> {
  return {
    createRefund: ({ orderId, refundId, attempt, intentId, amount }) =>
      span('payments.provider-refund', { orderId, refundId, attempt }, async () => {
        const request = {
          payment_intent: intentId,
          amount: amount.amountCents,
          metadata: { orderId, refundId },
        };
        const idempotencyKey = `${refundKey(refundId)}-create-${attempt}`;
        try {
          const refund = await (await stripe()).refunds.create(request, { idempotencyKey });
          return { kind: 'created', refund: toRefund(refund) } as const;
        } catch (error) {
          return notCreated('refund', error, exceedsCharge);
        }
      }),

    listRefunds: (intentId) =>
      span('payments.provider-refunds', { intentId }, async () => {
        try {
          const api = await stripe();
          const { data } = await api.refunds.list({ payment_intent: intentId, limit: MAX_LISTED });
          return data.map(toRefund);
        } catch (error) {
          logFault('refunds', error as StripeFault);
          return 'unknown';
        }
      }),
  };
}

/** The charge is refunded already, too small, or never took money. */
function exceedsCharge({ type, code, param = '' }: StripeFault): boolean {
  if (type !== 'StripeInvalidRequestError') return false;
  return code === 'charge_already_refunded' || ['amount', 'payment_intent'].includes(param);
}
