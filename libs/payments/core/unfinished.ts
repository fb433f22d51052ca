import type { Order } from './order.ts';
import type { Clock, Orders } from './ports.ts';
import { timestamp } from './timestamp.ts';

/** Three times the deadline: by then an order has ended, unless something is wrong. */
export const UNFINISHED_MS = 45 * 60 * 1000;

/** Per run. A later run lists the rest. */
const MAX_LISTED = 100;

interface Deps {
  orders: Pick<Orders, 'unfinished'>;
  clock: Clock;
}

/** Orders that should have ended long ago, oldest first. */
export async function listUnfinished({ orders, clock }: Deps): Promise<readonly Order[]> {
  const placedBefore = timestamp({ now: () => clock.now() - UNFINISHED_MS });
  return orders.unfinished({ placedBefore, limit: MAX_LISTED });
}
