import { AppError } from '@triptych/platform/errors';
import type { Clock, StockStore } from './ports.ts';
import type { Stock } from './product.ts';
import { invalidField, unknownProduct } from './product-errors.ts';

export interface ReceiveStock {
  readonly productId: string;
  /** Number of the delivery or adjustment. The same one is booked once. */
  readonly receiptId: string;
  /** Negative for an adjustment, such as breakage or a shortfall in a stock count. */
  readonly quantity: number;
}

interface Deps {
  store: StockStore;
  clock: Clock;
}

/**
 * Books a delivery or an adjustment and returns the resulting stock. Idempotent by receipt id.
 * @throws AppError validation `validation` (a quantity of 0), not-found `not-found`, conflict
 *   `stock-negative` (an adjustment of more than is available), unprocessable
 *   `idempotency-key-reused` (the receipt was booked with another quantity)
 */
export async function receiveStock(deps: Deps, command: ReceiveStock): Promise<Stock> {
  if (command.quantity === 0) throw invalidField('/quantity', 'must not be 0');
  const receivedAt = new Date(deps.clock.now()).toISOString();
  const result = await deps.store.receive({ ...command, receivedAt });
  if ('stock' in result) return result.stock;
  if (result.outcome === 'unknown-product') throw unknownProduct();
  if (result.outcome === 'too-few') {
    const detail = 'The adjustment is larger than the available stock.';
    throw new AppError('conflict', 'stock-negative', detail);
  }
  const detail = 'This receipt was booked with another quantity.';
  throw new AppError('unprocessable', 'idempotency-key-reused', detail);
}
