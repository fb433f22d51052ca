import { AppError } from '@triptych/platform/errors';
import type { Clock, StockStore } from './ports.ts';
import type { Stock } from './product.ts';
import { unknownProduct } from './read-products.ts';

export interface Delivery {
  readonly productId: string;
  /** The delivery's own number: the same one is booked once. */
  readonly receiptId: string;
  /** Negative for what is missing or broken. */
  readonly quantity: number;
}

interface Parts {
  readonly store: StockStore;
  readonly clock: Clock;
}

/**
 * Books a delivery or an adjustment and gives the stock as it is now. Throws `not-found` for an unknown product,
 * `conflict` (`stock-negative`) for an adjustment of more than is available, and `unprocessable`
 * (`idempotency-key-reused`) when the same receipt was booked with another quantity. A quantity of zero is `validation`.
 */
export function receiveStock({ store, clock }: Parts) {
  return async (delivery: Delivery): Promise<Stock> => {
    if (delivery.quantity === 0) throw receiptForNothing();
    const receivedAt = new Date(clock.now()).toISOString();
    const result = await store.receive({ ...delivery, receivedAt });
    if ('stock' in result) return result.stock;
    if (result.outcome === 'unknown-product') throw unknownProduct();
    if (result.outcome === 'too-few') {
      const detail = 'Fewer are available than this adjustment takes off.';
      throw new AppError('conflict', 'stock-negative', detail);
    }
    const detail = 'This receipt was booked with another quantity.';
    throw new AppError('unprocessable', 'idempotency-key-reused', detail);
  };
}

function receiptForNothing(): AppError {
  const fields = [{ path: '/quantity', message: 'must not be 0' }];
  return new AppError('validation', 'validation', 'The request body is not valid.', { fields });
}
