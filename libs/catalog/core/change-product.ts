import type { Clock, ProductStore } from './ports.ts';
import type { Product } from './product.ts';
import { unknownProduct, versionConflict } from './product-errors.ts';

/** The fields of a product that can be changed. An absent field keeps its value. */
export type ProductChange = Partial<Pick<Product, 'name' | 'description' | 'category' | 'price'>>;

export interface ChangeProduct {
  readonly productId: string;
  /** The version that the caller read. */
  readonly version: number;
  readonly change: ProductChange;
}

interface Deps {
  store: Pick<ProductStore, 'find' | 'change'>;
  clock: Clock;
}

/**
 * Changes a product, provided it still has the version that the caller read. Orders already placed
 * keep the prices quoted to them.
 * @throws AppError not-found `not-found`, conflict `version-conflict`
 */
export async function changeProduct(deps: Deps, command: ChangeProduct): Promise<Product> {
  const { productId, version, change } = command;
  const before = await deps.store.find(productId);
  if (!before) throw unknownProduct();
  if (before.version !== version) throw versionConflict(version);
  const updatedAt = new Date(deps.clock.now()).toISOString();
  const after = { ...before, ...change, version: version + 1, updatedAt };
  if ((await deps.store.change(before, after)) === 'changed') throw versionConflict(version);
  return after;
}
