import { type Order, settled } from '../../conformance/support/shop.ts';
import { deliverDelayedNow } from './control.ts';

/** How long an order is left alone between two deliveries. */
const UNASSISTED_MS = 6_000;
const MAX_DELIVERIES = 30;

/**
 * Waits until an order has ended. Messages that a fault left in flight come back late, so this delivers the order's
 * deadline now, which may cancel the order. It delivers repeatedly, because an event that the fault held back, and its
 * deadline with it, is published late.
 */
export async function settledWithDeadline(token: string, id: string): Promise<Order> {
  for (let deliveries = 0; ; deliveries += 1) {
    try {
      return await settled(token, id, UNASSISTED_MS);
    } catch (error) {
      if (deliveries === MAX_DELIVERIES) throw error;
      await deliverDelayedNow();
    }
  }
}

/** Returns how many orders are confirmed. @throws Error unless all others were cancelled at their deadline */
export function confirmedOf(orders: readonly Order[]): number {
  const confirmed = orders.filter(({ state }) => state === 'confirmed');
  const overdue = orders.filter(
    ({ state, reason }) => state === 'cancelled' && reason === 'deadline',
  );
  if (confirmed.length + overdue.length === orders.length) return confirmed.length;
  throw new Error(`Some orders ended in another way: ${JSON.stringify(orders)}`);
}
