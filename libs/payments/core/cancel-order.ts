import { AppError } from '@triptych/platform/errors';
import { driveOrder } from './drive-order.ts';
import { type FindOrder, findOrder } from './find-order.ts';
import type { Order } from './order.ts';
import type { Clock, Orders } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { cancel } from './transitions.ts';

export type CancelOrder = FindOrder;

interface Deps {
  orders: Orders;
  clock: Clock;
}

/**
 * Cancels an order for its owner or an admin, as long as the charge has not started. Idempotent.
 * @throws AppError not-found `not-found`, conflict `invalid-transition` | `order-busy`
 */
export async function cancelOrder(deps: Deps, command: CancelOrder): Promise<Order> {
  await findOrder(deps, command);
  await driveOrder(deps.orders, command.orderId, async (order) => {
    if (order.state === 'charging') throw notCancellable(order);
    return cancel(order, 'customer', timestamp(deps.clock));
  });
  const order = await findOrder(deps, command);
  if (order.state === 'cancelled' && order.reason === 'customer') return order;
  throw notCancellable(order);
}

function notCancellable({ state }: Order): AppError {
  const detail = `An order in state ${state} cannot be cancelled.`;
  return new AppError('conflict', 'invalid-transition', detail);
}
