import type { DraftOf, OrderPlaced, StockRejected, StockReserved } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type { Clock, ProductStore, ReservationStore } from './ports.ts';
import { quote } from './quote.ts';
import { keptUntilSeconds, live, stockContended } from './reservation.ts';

interface Parts {
  readonly store: Pick<ProductStore, 'findAll'> &
    Pick<ReservationStore, 'findReservation' | 'reserve' | 'record'>;
  readonly clock: Clock;
}

/** Times that stock or prices may change between reading and writing before the message goes back to its queue. */
const attempts = 5;

/**
 * Answers an order: reserves all of its lines and quotes their prices, or rejects it. The answer is written in the same
 * transaction as the record of having answered, so a duplicate has no effect and yet loses nothing. An order whose
 * cancellation came first is not answered at all. Throws `unavailable` when the stock changes too fast.
 */
export function reserveStock({ store, clock }: Parts) {
  return async (order: OrderPlaced['data']): Promise<'reserved' | 'rejected' | 'known'> => {
    requireEachProductOnce(order);
    const { orderId, currency } = order;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (live(await store.findReservation(orderId), clock.now())) return 'known';
      const productIds = order.lines.map((line) => line.productId);
      const answer = quote(order, await store.findAll(productIds));
      const changedAtMs = clock.now();

      if (!answer.accepted) {
        const expiresAtSeconds = keptUntilSeconds(changedAtMs);
        const record = {
          orderId,
          state: 'rejected',
          lines: [],
          changedAtMs,
          expiresAtSeconds,
        } as const;
        const outcome = await store.record(record, [rejected(orderId, answer.reason)]);
        return outcome === 'done' ? 'rejected' : 'known';
      }

      const { lines, totalCents } = answer;
      const hold = { orderId, state: 'held', lines, changedAtMs } as const;
      const event = reserved({ orderId, lines, totalCents, currency });
      const outcome = await store.reserve(hold, currency, [event]);
      if (outcome !== 'changed') return outcome === 'done' ? 'reserved' : 'known';
    }
    throw stockContended();
  };
}

/** Payments refuses such orders; one that comes all the same cannot be held in one transaction. */
function requireEachProductOnce(order: OrderPlaced['data']): void {
  const distinct = new Set(order.lines.map((line) => line.productId));
  if (distinct.size === order.lines.length) return;
  throw new AppError('validation', 'product-twice', 'An order names each product once.');
}

function reserved(data: StockReserved['data']): DraftOf<typeof StockReserved> {
  return { type: 'stock.reserved', source: 'triptych.catalog', data };
}

function rejected(
  orderId: string,
  reason: StockRejected['data']['reason'],
): DraftOf<typeof StockRejected> {
  return { type: 'stock.rejected', source: 'triptych.catalog', data: { orderId, reason } };
}
