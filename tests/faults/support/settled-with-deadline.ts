import { type Order, settled } from '../../conformance/support/shop.ts';
import { deliverDelayedNow } from './control.ts';

const byItselfMs = 6_000;

/**
 * An order once it has ended. What a fault left in flight comes back late; the order's deadline, delivered now,
 * settles it before, which may mean that it is cancelled.
 */
export async function settledWithDeadline(token: string, id: string): Promise<Order> {
  return settled(token, id, byItselfMs).catch(async () => {
    await deliverDelayedNow();
    return settled(token, id);
  });
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
