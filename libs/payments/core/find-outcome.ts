import { isFinished, type OrderState, unknownOrder } from './order.ts';
import type { Orders } from './ports.ts';

/** How an order has ended; `open` if it has not. */
export type OrderOutcome = Extract<OrderState, 'confirmed' | 'rejected' | 'cancelled'> | 'open';

/** Reads how an order has ended. For a coordinator. @throws AppError not-found `not-found` */
export async function findOutcome(
  { orders }: { orders: Pick<Orders, 'find'> },
  orderId: string,
): Promise<OrderOutcome> {
  const order = await orders.find(orderId);
  if (!order) throw unknownOrder();
  return isFinished(order) ? (order.state as OrderOutcome) : 'open';
}
