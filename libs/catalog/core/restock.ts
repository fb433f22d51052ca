import type { OrderLine } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type { Clock, ReservationStore } from './ports.ts';
import { type Reservation, untilDone } from './reservation.ts';

export interface Refund {
  readonly orderId: string;
  readonly refundId: string;
  /** What came back of the order; may be nothing. */
  readonly restock: readonly OrderLine[];
}

interface Parts {
  readonly store: Pick<ReservationStore, 'findReservation' | 'restock'>;
  readonly clock: Clock;
}

/**
 * Goods of a sold order are back on the shelf: sold → available, once per refund. Throws `conflict` when the order is not
 * sold (its confirmation may still be on its way: the message comes again) or never had so many (it ends in the
 * dead-letter queue, where somebody looks at it).
 */
export function restock({ store, clock }: Parts) {
  return async ({ orderId, refundId, restock: lines }: Refund): Promise<void> => {
    if (lines.length === 0) return;
    await untilDone(async () => {
      const reservation = await store.findReservation(orderId);
      if (reservation?.returns?.some((known) => known.refundId === refundId)) return 'done';
      if (reservation?.state !== 'committed') throw notSold(orderId);
      const returned = { refundId, lines: eachOnce(lines), atMs: clock.now() };
      for (const { productId, quantity } of returned.lines) {
        if (quantity > stillSold(reservation, productId)) throw tooMany(orderId, productId);
      }
      return store.restock(reservation, returned);
    });
  };
}

function eachOnce(lines: readonly OrderLine[]): OrderLine[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of lines) {
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

function stillSold({ lines, returns = [] }: Reservation, productId: string): number {
  const quantityIn = (some: readonly OrderLine[]) =>
    some.find((line) => line.productId === productId)?.quantity ?? 0;
  return returns.reduce((left, { lines: back }) => left - quantityIn(back), quantityIn(lines));
}

function notSold(orderId: string): AppError {
  return new AppError('conflict', 'order-not-sold', `Order ${orderId} is not sold.`);
}

function tooMany(orderId: string, productId: string): AppError {
  const detail = `Order ${orderId} has fewer of ${productId} left than are to come back.`;
  return new AppError('conflict', 'restock-exceeds-sold', detail);
}
