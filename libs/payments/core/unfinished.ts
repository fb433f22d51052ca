import type { Order } from './order.ts';
import type { Clock, OrderPosition, Orders } from './ports.ts';
import { timestamp } from './timestamp.ts';

/** Three times the deadline: by then an order has ended, unless something is wrong. */
const UNFINISHED_MS = 45 * 60 * 1000;

/** Per run. A later run lists the rest. */
const MAX_LISTED = 100;

interface Deps {
  orders: Pick<Orders, 'unfinished'>;
  clock: Clock;
}

/** The time before which an order that has not ended was placed too long ago. RFC 3339, UTC. */
export function unfinishedBefore(clock: Clock): string {
  return timestamp({ now: () => clock.now() - UNFINISHED_MS });
}

/**
 * At most 100 orders that should have ended long ago: those placed after `after`, oldest first, then
 * the others, oldest first.
 */
export async function listUnfinished(
  { orders, clock }: Deps,
  after: OrderPosition | null = null,
): Promise<readonly Order[]> {
  const placedBefore = unfinishedBefore(clock);
  const later = await orders.unfinished({ placedBefore, limit: MAX_LISTED, after });
  const limit = MAX_LISTED - later.length;
  if (after === null || limit === 0) return later;
  const oldest = await orders.unfinished({ placedBefore, limit });
  const known = new Set(later.map(({ id }) => id));
  return [...later, ...oldest.filter(({ id }) => !known.has(id))];
}
