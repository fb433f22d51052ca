import type { StockRejected } from '@triptych/events';
import { driveOrder, type Progress } from './drive-order.ts';
import type { Clock, Orders } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { reject } from './transitions.ts';

/**
 * Catalog reserved nothing: the order ends here. Once reserved it cannot be rejected, so a late one
 * changes nothing.
 * @throws AppError not-found `not-found`, conflict `order-busy`
 */
export async function rejectOrder(
  deps: { orders: Orders; clock: Clock },
  { orderId, reason }: StockRejected['data'],
): Promise<Progress> {
  return driveOrder(deps.orders, orderId, async (order) =>
    order.state === 'placed' ? reject(order, reason, timestamp(deps.clock)) : 'settled',
  );
}
