import { AppError } from '@triptych/platform/errors';
import type { Clock, StockStore } from './ports.ts';
import type { Stock } from './product.ts';
import { unknownProduct } from './read-products.ts';

export interface Delivery {
  readonly productId: string;
  /** The delivery's own number: the same one is booked once. */
  readonly receiptId: string;
  readonly quantity: number;
}

interface Parts {
  readonly store: StockStore;
  readonly clock: Clock;
}

/**
 * Books a delivery and gives the stock as it is now. Throws `not-found` for an unknown product and `conflict`
 * (`receipt-differs`) when the same receipt was booked with another quantity.
 */
export function receiveStock({ store, clock }: Parts) {
  return async (delivery: Delivery): Promise<Stock> => {
    const receivedAt = new Date(clock.now()).toISOString();
    const result = await store.receive({ ...delivery, receivedAt });
    if ('stock' in result) return result.stock;
    if (result.outcome === 'unknown-product') throw unknownProduct();
    const detail = 'This receipt was booked with another quantity.';
    throw new AppError('conflict', 'receipt-differs', detail);
  };
}
