import { AppError } from '@triptych/platform/errors';
import type { Caller } from './find-order.ts';
import type { OrderPage, Orders } from './ports.ts';

export interface ListOrders {
  readonly caller: Caller;
  /** Somebody else's orders: for admins. */
  readonly accountId?: string;
  readonly limit: number;
  /** Where the last page ended. */
  readonly after: string | null;
}

/**
 * Orders of an account, newest first.
 * @throws AppError forbidden `forbidden` when a customer asks for another account's
 */
export async function listOrders(
  orders: Orders,
  { caller, accountId = caller.accountId, limit, after }: ListOrders,
): Promise<OrderPage> {
  if (accountId !== caller.accountId && caller.role !== 'admin') {
    throw new AppError('forbidden', 'forbidden', "Only an admin sees another account's orders.");
  }
  return orders.page({ accountId, limit, after });
}
