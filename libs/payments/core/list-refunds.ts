import { type Caller, findOrder } from './find-order.ts';
import type { Orders, Refunds } from './ports.ts';
import type { Refund } from './refund.ts';

/**
 * Every refund of an order, oldest first, for the order's owner or an admin.
 * @throws AppError not-found `not-found`
 */
export async function listRefunds(
  { orders, refunds }: { orders: Orders; refunds: Refunds },
  orderId: string,
  caller: Caller,
): Promise<readonly Refund[]> {
  await findOrder(orders, orderId, caller);
  return refunds.of(orderId);
}
