import type { StockRejected } from '@triptych/events';
import { driveOrder } from './drive-order.ts';
import type { Progress } from './drive-record.ts';
import type { Clock, Orders } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { reject } from './transitions.ts';

export type RejectOrder = StockRejected['data'];

interface Deps {
  orders: Orders;
  clock: Clock;
}

/**
 * Rejects an order for which catalog reserved nothing. Changes nothing unless the order is `placed`.
 * @throws AppError not-found `not-found`, conflict `order-busy`
 */
export async function rejectOrder(deps: Deps, { orderId, reason }: RejectOrder): Promise<Progress> {
  return driveOrder(deps.orders, orderId, async (order) =>
    order.state === 'placed' ? reject(order, reason, timestamp(deps.clock)) : 'settled',
  );
}
