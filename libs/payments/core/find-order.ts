import { type Order, unknownOrder } from './order.ts';
import type { Orders } from './ports.ts';

export interface Caller {
  readonly accountId: string;
  readonly role: 'customer' | 'admin';
}

export interface FindOrder {
  readonly orderId: string;
  readonly caller: Caller;
}

interface Deps {
  orders: Orders;
}

/**
 * Returns an order to its owner or to an admin. Other callers get the same error as for an order
 * that does not exist.
 * @throws AppError not-found `not-found`
 */
export async function findOrder(deps: Deps, { orderId, caller }: FindOrder): Promise<Order> {
  const order = await deps.orders.find(orderId);
  if (order && (caller.role === 'admin' || order.accountId === caller.accountId)) return order;
  throw unknownOrder();
}
