import { span } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import { MAX_REFUNDS, type PaymentProvider, type RefundAnswer, refundKey } from '../core/index.ts';
import { logFault, type StripeFault } from './stripe-fault.ts';
import { toRefund } from './stripe-refund.ts';

/** Ours and as many that others made in Stripe's dashboard. */
const LISTED = 2 * MAX_REFUNDS;

/** Pays back through Stripe's SDK. https://docs.stripe.com/api/refunds */
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
          return refusalOrUnknown(error);
        }
      }),

    listRefunds: (intentId) =>
      span('payments.provider-refunds', { intentId }, async () => {
        try {
          const api = await stripe();
          const { data } = await api.refunds.list({ payment_intent: intentId, limit: LISTED });
          return data.map(toRefund);
        } catch (error) {
          logFault('refunds', error as StripeFault);
          return 'unknown';
        }
      }),
  };
}

/** What is paid back already or never was taken is refused for good; anything else nobody knows. */
function refusalOrUnknown(error: unknown): RefundAnswer {
  const fault = error as StripeFault;
  const { type, code = '', param = '' } = fault;
  const final = code === 'charge_already_refunded' || ['amount', 'payment_intent'].includes(param);
  if (type === 'StripeInvalidRequestError' && final) {
    return { kind: 'refused', code: code || 'invalid-request' };
  }
  logFault('refund', fault);
  return { kind: 'unknown', keySpent: (fault.statusCode ?? 0) >= 500 };
}
