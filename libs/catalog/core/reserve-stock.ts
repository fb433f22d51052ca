import type { DraftOf, OrderPlaced, StockRejected, StockReserved } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import { keptUntilSeconds, unexpired } from './expiry.ts';
import type { Clock, ProductStore, ReservationStore } from './ports.ts';
import { quote } from './quote.ts';
import type { Reservation } from './reservation.ts';
import { retryWhileChanged } from './retry-while-changed.ts';

/** An order as `order.placed` announces it. */
export type ReserveStock = OrderPlaced['data'];

/** `known`: the order was answered earlier, or was cancelled before it arrived. */
export type ReserveOutcome = 'reserved' | 'rejected' | 'known';

interface Deps {
  store: Pick<ProductStore, 'findAll'> &
    Pick<ReservationStore, 'findReservation' | 'reserve' | 'record'>;
  clock: Clock;
}

/**
 * Answers an order: reserves all of its lines at the quoted prices, or rejects the whole order.
 * Idempotent: the answer and the reservation record are written in one transaction, so a duplicate
 * finds the record and changes nothing. An order that was cancelled first is not answered.
 * @throws AppError validation `product-twice`, unavailable `stock-contended` | `unavailable`
 */
export async function reserveStock(deps: Deps, order: ReserveStock): Promise<ReserveOutcome> {
  requireDistinctProducts(order);
  const { orderId, currency } = order;
  const productIds = order.lines.map((line) => line.productId);
  return retryWhileChanged(async () => {
    if (unexpired(await deps.store.findReservation(orderId), deps.clock.now())) return 'known';
    const answer = quote(order, await deps.store.findAll(productIds));
    const changedAtMs = deps.clock.now();
    if (!answer.accepted) {
      const record = rejection(orderId, answer.reason, changedAtMs);
      const outcome = await deps.store.record(record, [stockRejected(orderId, answer.reason)]);
      return outcome === 'done' ? 'rejected' : outcome;
    }
    const { lines, totalCents } = answer;
    const hold = { orderId, state: 'held', lines, changedAtMs } as const;
    const event = stockReserved({ orderId, lines, totalCents, currency });
    const outcome = await deps.store.reserve(hold, currency, [event]);
    return outcome === 'done' ? 'reserved' : outcome;
  });
}

/** Payments rejects such orders too. One transaction cannot update the same product twice. */
function requireDistinctProducts(order: ReserveStock): void {
  const distinct = new Set(order.lines.map((line) => line.productId));
  if (distinct.size === order.lines.length) return;
  throw new AppError('validation', 'product-twice', 'Each product may appear in one line only.');
}

function rejection(
  orderId: string,
  rejectedFor: StockRejected['data']['reason'],
  changedAtMs: number,
): Reservation {
  const expiresAtSeconds = keptUntilSeconds(changedAtMs);
  return { orderId, state: 'rejected', lines: [], rejectedFor, changedAtMs, expiresAtSeconds };
}

function stockReserved(data: StockReserved['data']): DraftOf<typeof StockReserved> {
  return { type: 'stock.reserved', source: 'triptych.catalog', data };
}

function stockRejected(
  orderId: string,
  reason: StockRejected['data']['reason'],
): DraftOf<typeof StockRejected> {
  return { type: 'stock.rejected', source: 'triptych.catalog', data: { orderId, reason } };
}
