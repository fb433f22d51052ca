import { AppError } from '@triptych/platform/errors';
import { driveOrder } from './drive-order.ts';
import { type Caller, findOrder } from './find-order.ts';
import type { Order } from './order.ts';
import type { Clock, Orders } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { cancel } from './transitions.ts';

/**
 * The customer does not want it any more. Possible until the money is being taken; doing it twice is
 * doing it once.
 * @throws AppError not-found `not-found`, conflict `invalid-transition` | `order-busy`
 */
export async function cancelOrder(
  { orders, clock }: { orders: Orders; clock: Clock },
  orderId: string,
  caller: Caller,
): Promise<Order> {
  await findOrder(orders, orderId, caller);
  await driveOrder(orders, orderId, async (order) => {
    if (order.state === 'charging') throw tooLate(order);
    return cancel(order, 'customer', timestamp(clock));
  });
  const order = await findOrder(orders, orderId, caller);
  if (order.state === 'cancelled' && order.reason === 'customer') return order;
  throw tooLate(order);
}

function tooLate({ state }: Order): AppError {
  const detail = `An order that is ${state} cannot be cancelled.`;
  return new AppError('conflict', 'invalid-transition', detail);
}
