import { AppError } from '@triptych/platform/errors';
import type { Order } from './order.ts';
import type { Orders } from './ports.ts';

export interface Caller {
  readonly accountId: string;
  readonly role: 'customer' | 'admin';
}

/**
 * An order, for its owner or an admin. To anyone else it looks as if there were none.
 * @throws AppError not-found `not-found`
 */
export async function findOrder(orders: Orders, orderId: string, caller: Caller): Promise<Order> {
  const order = await orders.find(orderId);
  if (order && (caller.role === 'admin' || order.accountId === caller.accountId)) return order;
  throw new AppError('not-found', 'not-found', 'There is no such order.');
}
