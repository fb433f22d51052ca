import type { Refund } from '../core/index.ts';
import type { RefundView } from './schemas.ts';

/** A refund in answers: without version, attempt and time of the last write. */
export function refundView(refund: Refund): RefundView {
  const { id, orderId, amount, state, reason, restock, createdAt } = refund;
  return {
    id,
    orderId,
    amountCents: amount.amountCents,
    currency: amount.currency,
    state,
    reason,
    restock: restock.map(({ productId, quantity }) => ({ productId, quantity })),
    createdAt,
  };
}
