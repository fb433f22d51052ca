import type { OrderLine } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type { Clock, ReservationStore } from './ports.ts';
import type { Reservation } from './reservation.ts';
import { retryWhileChanged } from './retry-while-changed.ts';

export interface Restock {
  readonly orderId: string;
  readonly refundId: string;
  /** The goods returned; empty if only money was refunded. */
  readonly restock: readonly OrderLine[];
}

interface Deps {
  store: Pick<ReservationStore, 'findReservation' | 'restock'>;
  clock: Clock;
}

/**
 * Moves the goods that a refund returns from sold to available, once per refund.
 *
 * A refund that arrives before its order's confirmation fails as `order-not-sold` and succeeds when
 * its queue redelivers it. A refund of more than the order has left ends in the dead-letter queue.
 * @throws AppError conflict `order-not-sold` | `restock-exceeds-sold`, unavailable
 *   `stock-contended`
 */
export async function restock(deps: Deps, command: Restock): Promise<void> {
  const { orderId, refundId } = command;
  if (command.restock.length === 0) return;
  await retryWhileChanged(async () => {
    const reservation = await deps.store.findReservation(orderId);
    if (reservation?.returns?.some((known) => known.refundId === refundId)) return 'done';
    if (reservation?.state !== 'committed') throw notSold(orderId);
    const lines = mergeLines(command.restock);
    for (const { productId, quantity } of lines) {
      if (quantity > stillSold(reservation, productId)) throw exceedsSold(orderId, productId);
    }
    return deps.store.restock(reservation, { refundId, lines, atMs: deps.clock.now() });
  });
}

/** One line per product, with the quantities added up. */
function mergeLines(lines: readonly OrderLine[]): OrderLine[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of lines) {
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

/** Units of a product that the order bought and has not returned. */
function stillSold({ lines, returns = [] }: Reservation, productId: string): number {
  const quantityIn = (some: readonly OrderLine[]) =>
    some.find((line) => line.productId === productId)?.quantity ?? 0;
  return returns.reduce((left, { lines: back }) => left - quantityIn(back), quantityIn(lines));
}

function notSold(orderId: string): AppError {
  return new AppError('conflict', 'order-not-sold', `Order ${orderId} is not sold.`);
}

function exceedsSold(orderId: string, productId: string): AppError {
  const detail = `Order ${orderId} has too few units of ${productId} left to return.`;
  return new AppError('conflict', 'restock-exceeds-sold', detail);
}
