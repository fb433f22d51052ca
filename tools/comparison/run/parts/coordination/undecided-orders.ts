import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from './contender.ts';

/** An order that waits for the payment provider's decision. */
export interface UndecidedOrder {
  readonly id: string;
  readonly token: string;
}

const POLL_MS = 50;
/** Polls until an order is in the state `charging`. */
const MAX_POLLS = 600;

/**
 * Places orders while the payment provider fails to confirm charges, and waits until each is undecided. The provider fails
 * until `behave({})`.
 * @throws Error when an order does not become undecided
 */
export async function undecidedOrders(
  { journey, provider }: Contender,
  count: number,
): Promise<readonly UndecidedOrder[]> {
  await provider.behave({ failWith500: true, operations: ['confirm'] });
  const orders: UndecidedOrder[] = [];
  for (let placed = 0; placed < count; placed += 1) {
    const { order, token } = await journey.place();
    orders.push({ id: order.id, token });
  }
  for (const { id, token } of orders) {
    for (let poll = 0; ; poll += 1) {
      const { state } = await journey.read(id, token);
      if (state === 'charging') break;
      if (poll === MAX_POLLS) throw new Error(`order ${id} is ${state}, not charging`);
      await sleep(POLL_MS);
    }
  }
  return orders;
}
