import { AppError } from '@triptych/platform/errors';
import { isFinished, type Order } from './order.ts';
import type { Orders } from './ports.ts';
import type { Change } from './transitions.ts';

/** `undecided`: nothing more can be done now; ask again later. */
export type Progress = 'settled' | 'undecided';

/** Looks at an order and says the next change, or that there is none now. */
export type Step = (order: Order) => Promise<Change | Progress>;

// The longest path is three changes; the rest is room for writers that got there first.
const MAX_TURNS = 8;

/**
 * Takes an order as far as `step` can, one conditional write at a time. Whoever loses a race looks
 * at the order again and decides anew, so duplicates, reordering and crashes between any two writes
 * all end in the same place.
 * @throws AppError not-found `not-found`, conflict `order-busy`
 */
export async function driveOrder(orders: Orders, orderId: string, step: Step): Promise<Progress> {
  let order = await orders.find(orderId);
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    if (!order) throw new AppError('not-found', 'not-found', `No order ${orderId}.`);
    if (isFinished(order)) return 'settled';
    const next = await step(order);
    if (next === 'settled' || next === 'undecided') return next;
    order = (await orders.commit(next)) ? next.to : await orders.find(orderId);
  }
  throw new AppError('conflict', 'order-busy', `Order ${orderId} keeps changing.`);
}
