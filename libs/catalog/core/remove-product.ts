import type { Clock, ProductStore } from './ports.ts';
import { unknownProduct, versionConflict } from './product-errors.ts';
import { retryWhileChanged } from './retry-while-changed.ts';

export interface RemoveProduct {
  readonly productId: string;
  /** If given, only this version is removed. */
  readonly version?: number;
}

interface Deps {
  store: Pick<ProductStore, 'find' | 'remove'>;
  clock: Clock;
}

/**
 * Takes a product out of the shop: it can no longer be found, listed or ordered. Existing
 * reservations of it are still settled, its receipts are kept, and its id is never reused.
 * @throws AppError not-found `not-found`, conflict `version-conflict`, unavailable
 *   `stock-contended`
 */
export async function removeProduct(deps: Deps, command: RemoveProduct): Promise<void> {
  const { productId, version } = command;
  await retryWhileChanged(async () => {
    const product = await deps.store.find(productId);
    if (!product) throw unknownProduct();
    if (version !== undefined && product.version !== version) throw versionConflict(version);
    return deps.store.remove(product, new Date(deps.clock.now()).toISOString());
  });
}
