import { AppError } from '@triptych/platform/errors';
import type { ProductStore } from './ports.ts';
import type { Product } from './product.ts';

/** Throws `not-found`. */
export function findProduct(store: Pick<ProductStore, 'find'>) {
  return async (productId: string): Promise<Product> => {
    const product = await store.find(productId);
    if (product) return product;
    throw unknownProduct();
  };
}

export function unknownProduct(): AppError {
  return new AppError('not-found', 'not-found', 'There is no such product.');
}
