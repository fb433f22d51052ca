import type { Product } from '../core/index.ts';
import { keys } from './catalog-table.ts';

/** A product's item: flat, so that a condition or an update names one attribute. */
export function productItem({ price, stock, ...product }: Product): Record<string, unknown> {
  return {
    ...keys.product(product.id),
    ...product,
    ...price,
    ...stock,
    uploads: 0,
  };
}

/** What must hold of an item for its product to be in the shop; a removed one keeps its item, for its stock. */
export const inShop = 'attribute_exists(pk) AND attribute_not_exists(removedAt)';

/** The product in an item, unless it has been removed. */
export function productInShop(item: Record<string, unknown> | undefined): Product | undefined {
  return item && item.removedAt === undefined ? productOf(item) : undefined;
}

/** The product in an item written by {@link productItem} and changed since. */
function productOf(item: Record<string, unknown>): Product {
  // Only this adapter writes these items.
  const { amountCents, currency, available, held, sold, received, adjustments, imageId, ...rest } =
    item as unknown as Product & Product['price'] & Product['stock'];
  const { id, name, description, category, version, createdAt, updatedAt } = rest;
  return {
    ...{ id, name, description, category, version, createdAt, updatedAt },
    price: { amountCents, currency },
    stock: { available, held, sold, received, adjustments },
    ...(imageId !== undefined && { imageId }),
  };
}
