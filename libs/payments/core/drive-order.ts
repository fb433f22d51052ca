import { driveRecord, type Progress, type Step } from './drive-record.ts';
import { isFinished, type Order } from './order.ts';
import type { Orders } from './ports.ts';
import type { Change } from './transitions.ts';

/**
 * Takes an order as far as `step` can; a finished order is settled. See {@link driveRecord}.
 * @throws AppError not-found `not-found`, conflict `order-busy`, and errors of `step`
 */
export function driveOrder(
  orders: Orders,
  orderId: string,
  step: Step<Order, Change>,
): Promise<Progress> {
  return driveRecord(
    {
      name: `Order ${orderId}`,
      find: () => orders.find(orderId),
      commit: (change: Change) => orders.commit(change),
    },
    async (order) => (isFinished(order) ? 'settled' : step(order)),
  );
}
