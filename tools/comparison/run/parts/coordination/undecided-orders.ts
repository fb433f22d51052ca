import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '../../../workloads/index.ts';
import type { Contender } from './contender.ts';

/** An order that waits for the payment provider's decision. */
export interface UndecidedOrder {
  readonly id: string;
  readonly token: string;
}

const POLL_MS = 50;
/** The longest wait for an order to end once the provider answers again. */
const END_MS = 120_000;
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
  signal: AbortSignal,
): Promise<readonly UndecidedOrder[]> {
  await provider.behave({ failAtGateway: true, operations: ['confirm'] });
  const orders: UndecidedOrder[] = [];
  for (let placed = 0; placed < count; placed += 1) {
    const { order, token } = await journey.place(signal);
    orders.push({ id: order.id, token });
  }
  for (const { id, token } of orders) {
    for (let poll = 0; ; poll += 1) {
      const { state } = await journey.read(id, token, signal);
      if (state === 'charging') break;
      if (poll === MAX_POLLS) throw new Error(`order ${id} is ${state}, not charging`);
      await sleep(POLL_MS);
    }
  }
  return orders;
}

/** Makes the provider answer again, and waits until the orders have ended. @throws Error when they do not */
export async function decideOrders(
  { journey, provider }: Contender,
  orders: readonly UndecidedOrder[],
  interrupted: AbortSignal,
): Promise<readonly Order[]> {
  await provider.behave({});
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(END_MS)]);
  return Promise.all(orders.map(({ id, token }) => journey.ended(id, token, signal)));
}
