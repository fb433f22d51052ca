import { AppError } from '@triptych/platform/errors';
import type { Clock, Ids, ProductStore } from './ports.ts';
import type { Price, Product } from './product.ts';

export interface CreateProduct {
  /** A caller that chooses the id can retry safely. Generated if absent. */
  readonly id?: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Price;
}

interface Deps {
  store: Pick<ProductStore, 'create'>;
  clock: Clock;
  ids: Ids;
}

/**
 * Creates a product without stock. The first product of a category also creates the category.
 * @throws AppError conflict `already-exists`
 */
export async function createProduct(deps: Deps, command: CreateProduct): Promise<Product> {
  const now = new Date(deps.clock.now()).toISOString();
  const product: Product = {
    id: command.id ?? deps.ids.next(),
    name: command.name,
    description: command.description,
    category: command.category,
    price: command.price,
    stock: { available: 0, held: 0, sold: 0, received: 0, adjustments: 0 },
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  if ((await deps.store.create(product)) === 'created') return product;
  throw new AppError('conflict', 'already-exists', 'A product with this id already exists.');
}
