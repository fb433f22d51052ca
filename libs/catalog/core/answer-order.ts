import type { StockAnswer } from '@triptych/events';
import { unexpired } from './expiry.ts';
import type { Clock, ProductStore, ReservationStore } from './ports.ts';
import { type ReserveStock, reserveStock } from './reserve-stock.ts';

interface Deps {
  store: Pick<ProductStore, 'findAll'> &
    Pick<ReservationStore, 'findReservation' | 'reserve' | 'record'>;
  clock: Clock;
}

/**
 * Reserves the stock of an order, and returns the answer instead of only announcing it. For a
 * coordinator, which asks and waits. Idempotent: a repeated call returns the same answer.
 * @throws AppError as {@link reserveStock} does
 */
export async function answerOrder(deps: Deps, order: ReserveStock): Promise<StockAnswer> {
  await reserveStock(deps, order);
  const { orderId, currency } = order;
  const reservation = unexpired(await deps.store.findReservation(orderId), deps.clock.now());
  const { state, lines = [], rejectedFor } = reservation ?? {};
  if (state === 'held' || state === 'committed') {
    const totalCents = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);
    return { kind: 'reserved', quote: { orderId, lines: [...lines], totalCents, currency } };
  }
  // A rejection by an earlier version has no reason. Its event has told payments the reason.
  return rejectedFor ? { kind: 'rejected', reason: rejectedFor } : { kind: 'ended' };
}
