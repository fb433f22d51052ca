import { type Order, settled } from '../../conformance/support/shop.ts';
import { deliverDelayedNow } from './control.ts';

const byItselfMs = 6_000;
const mostDeliveries = 10;

/**
 * An order once it has ended. What a fault left in flight comes back late; the order's deadline, delivered now,
 * settles it before, which may mean that it is cancelled. It is delivered again and again: an event that the fault kept
 * back is published late, and its deadline with it.
 */
export async function settledWithDeadline(token: string, id: string): Promise<Order> {
  for (let deliveries = 0; ; deliveries += 1) {
    try {
      return await settled(token, id, byItselfMs);
    } catch (error) {
      if (deliveries === mostDeliveries) throw error;
      await deliverDelayedNow();
    }
  }
}

/** Every order has ended as confirmed, or as cancelled at its deadline; returns how many are confirmed. */
export function confirmedOf(orders: readonly Order[]): number {
  const confirmed = orders.filter(({ state }) => state === 'confirmed');
  const overdue = orders.filter(
    ({ state, reason }) => state === 'cancelled' && reason === 'deadline',
  );
  if (confirmed.length + overdue.length === orders.length) return confirmed.length;
  throw new Error(`Ended otherwise: ${JSON.stringify(orders)}`);
}
