import { driveRecord, type Progress, type Step } from './drive-record.ts';
import type { Orders, Refunds } from './ports.ts';
import { type Refund, unknownRefund } from './refund.ts';
import { fail, type RefundChange } from './refund-changes.ts';

/**
 * Takes a refund as far as `step` can. See {@link driveRecord}.
 * @throws AppError not-found `not-found`, conflict `order-busy`, and errors of `step`
 */
export function driveRefund(
  refunds: Refunds,
  { orderId, refundId }: { orderId: string; refundId: string },
  step: Step<Refund, RefundChange>,
): Promise<Progress> {
  return driveRecord(
    {
      name: `Refund ${refundId}`,
      find: () => refunds.find(orderId, refundId),
      commit: (change: RefundChange) => refunds.commit(change),
    },
    step,
  );
}

/**
 * The change that fails a refund and frees its amount in the order.
 * @throws AppError not-found `not-found`
 */
export async function failRefund(
  orders: Orders,
  refund: Refund,
  reason: string,
  at: string,
): Promise<RefundChange> {
  const order = await orders.find(refund.orderId);
  if (!order) throw unknownRefund(refund.id);
  return fail(refund, order, reason, at);
}
