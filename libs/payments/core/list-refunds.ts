import { type FindOrder, findOrder } from './find-order.ts';
import type { Orders, Refunds } from './ports.ts';
import type { Refund } from './refund.ts';

export type ListRefunds = FindOrder;

interface Deps {
  orders: Orders;
  refunds: Refunds;
}

/**
 * Lists all refunds of an order, oldest first, for the order's owner or an admin.
 * @throws AppError not-found `not-found`
 */
export async function listRefunds(deps: Deps, command: ListRefunds): Promise<readonly Refund[]> {
  await findOrder(deps, command);
  return deps.refunds.of(command.orderId);
}
