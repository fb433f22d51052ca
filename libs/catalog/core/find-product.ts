import type { ProductStore } from './ports.ts';
import type { Product } from './product.ts';
import { unknownProduct } from './product-errors.ts';

interface Deps {
  store: Pick<ProductStore, 'find'>;
}

/**
 * Finds one product.
 * @throws AppError not-found `not-found`
 */
export async function findProduct(deps: Deps, productId: string): Promise<Product> {
  const product = await deps.store.find(productId);
  if (!product) throw unknownProduct();
  return product;
}
