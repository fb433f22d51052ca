import { span } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import { type PaymentProvider, refundKey, sameMoney } from '../core/index.ts';
import { logFault, notCreated, type StripeFault } from './stripe-fault.ts';
import { idOf, listOf, moneyOf, RefundObject, requested } from './stripe-objects.ts';
import { toRefund } from './stripe-refund.ts';

/** The longest page that Stripe lists. Leaves room for refunds made in Stripe's dashboard. */
const MAX_LISTED = 100;

const RefundPage = listOf(RefundObject);

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
          const answer = await (await stripe()).refunds.create(request, { idempotencyKey });
          const refund = requested(
            RefundObject,
            answer,
            (made) =>
              idOf(made.payment_intent) === intentId &&
              made.metadata?.refundId === refundId &&
              sameMoney(moneyOf(made), amount),
          );
          return { kind: 'created', refund: toRefund(refund) } as const;
        } catch (error) {
          return notCreated('refund', error, exceedsCharge);
        }
      }),

    listRefunds: (intentId) =>
      span('payments.provider-refunds', { intentId }, async () => {
        try {
          const api = await stripe();
          const answer = await api.refunds.list({ payment_intent: intentId, limit: MAX_LISTED });
          // A refund that is not on an incomplete list may have been made.
          const { data } = requested(
            RefundPage,
            answer,
            (page) =>
              !page.has_more && page.data.every((one) => idOf(one.payment_intent) === intentId),
          );
          return data.map(toRefund);
        } catch (error) {
          logFault('refunds', error as StripeFault);
          return 'unknown';
        }
      }),
  };
}

/** Codes of refunds that Stripe will never make. It does not name a parameter with each. */
const FINAL_CODES = ['charge_already_refunded', 'charge_disputed'];

/** The charge is refunded or charged back already, too small, or never took money. */
function exceedsCharge({ type, code = '', param = '' }: StripeFault): boolean {
  if (type !== 'StripeInvalidRequestError') return false;
  return FINAL_CODES.includes(code) || ['amount', 'payment_intent'].includes(param);
}
