import { AppError } from '@triptych/platform/errors';
import type { Clock, ProductStore } from './ports.ts';
import type { Product } from './product.ts';
import { unknownProduct } from './read-products.ts';
import { untilDone } from './reservation.ts';

/** What of a product may change; what is left out stays. */
export type ProductChange = Partial<Pick<Product, 'name' | 'description' | 'category' | 'price'>>;

interface Parts {
  readonly store: Pick<ProductStore, 'find' | 'change' | 'remove'>;
  readonly clock: Clock;
}

/**
 * Changes a product that nobody has changed since the caller read it as `version`. Orders placed before keep the price
 * they were quoted. Throws `not-found`, and `conflict` (`version-conflict`) when it has another version by now.
 */
export function changeProduct({ store, clock }: Parts) {
  return async (productId: string, version: number, change: ProductChange): Promise<Product> => {
    const before = await store.find(productId);
    if (!before) throw unknownProduct();
    if (before.version !== version) throw versionConflict(version);
    const updatedAt = new Date(clock.now()).toISOString();
    const after = { ...before, ...change, version: version + 1, updatedAt };
    if ((await store.change(before, after)) === 'changed') throw versionConflict(version);
    return after;
  };
}

/**
 * Takes a product out of the shop: it is not found, listed or ordered any more. What orders hold of it is settled as
 * ever, its books stay, and its id is not given again. With `version`, only if it still has that one. Throws `not-found`
 * and `conflict` (`version-conflict`).
 */
export function removeProduct({ store, clock }: Parts) {
  return (productId: string, version?: number): Promise<void> =>
    untilDone(async () => {
      const product = await store.find(productId);
      if (!product) throw unknownProduct();
      if (version !== undefined && product.version !== version) throw versionConflict(version);
      return store.remove(product, new Date(clock.now()).toISOString());
    });
}

function versionConflict(version: number): AppError {
  const detail = `The product has changed since version ${version}; read it again.`;
  return new AppError('conflict', 'version-conflict', detail);
}
