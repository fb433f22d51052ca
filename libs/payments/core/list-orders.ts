import { AppError } from '@triptych/platform/errors';
import type { Caller } from './find-order.ts';
import type { OrderPage, Orders } from './ports.ts';

export interface ListOrders {
  readonly caller: Caller;
  /** The account whose orders are listed; the caller's own if absent. */
  readonly accountId?: string;
  readonly limit: number;
  /** `next` of the previous page; null for the first page. */
  readonly after: string | null;
}

interface Deps {
  orders: Orders;
}

/**
 * Lists an account's orders, newest first.
 * @throws AppError forbidden `forbidden` when a customer names another account
 */
export async function listOrders(
  deps: Deps,
  { caller, accountId = caller.accountId, limit, after }: ListOrders,
): Promise<OrderPage> {
  if (accountId !== caller.accountId && caller.role !== 'admin') {
    throw new AppError('forbidden', 'forbidden', "Only an admin sees another account's orders.");
  }
  return deps.orders.page({ accountId, limit, after });
}
