import type { ProductStore } from './ports.ts';
import type { Category } from './product.ts';

interface Deps {
  store: Pick<ProductStore, 'categories'>;
}

/** Lists the categories that have products, by slug. */
export function listCategories(deps: Deps): Promise<Category[]> {
  return deps.store.categories();
}
