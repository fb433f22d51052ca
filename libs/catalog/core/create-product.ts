import { AppError } from '@triptych/platform/errors';
import type { Clock, Ids, ProductStore } from './ports.ts';
import type { Price, Product } from './product.ts';

export interface NewProduct {
  /** Chosen by the caller to be able to try again; otherwise we choose. */
  readonly id?: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Price;
}

interface Parts {
  readonly store: Pick<ProductStore, 'create'>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Adds a product without stock; its category comes into being with its first one. Throws `conflict` (`already-exists`). */
export function createProduct({ store, clock, ids }: Parts) {
  return async (input: NewProduct): Promise<Product> => {
    const now = new Date(clock.now()).toISOString();
    const product: Product = {
      id: input.id ?? ids.next(),
      name: input.name,
      description: input.description,
      category: input.category,
      price: input.price,
      stock: { available: 0, held: 0, sold: 0, received: 0, adjustments: 0 },
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    if ((await store.create(product)) === 'created') return product;
    throw new AppError('conflict', 'already-exists', 'A product with this id already exists.');
  };
}
