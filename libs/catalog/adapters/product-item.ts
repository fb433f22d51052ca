import type { Product } from '../core/index.ts';
import { keys } from './catalog-table.ts';

/** A product's item. It is flat, so that a condition or an update can name one attribute. */
export function productItem({ price, stock, ...product }: Product): Record<string, unknown> {
  return {
    ...keys.product(product.id),
    ...product,
    ...price,
    ...stock,
    uploads: 0,
  };
}

/** Condition: the product exists and was not removed. Removal keeps the item, for its stock. */
export const IN_SHOP = 'attribute_exists(pk) AND attribute_not_exists(removedAt)';

/** The product in an item, unless it was removed. */
export function productInShop(item: Record<string, unknown> | undefined): Product | undefined {
  return item && item.removedAt === undefined ? productOf(item) : undefined;
}

/** Reads a product from an item that {@link productItem} created and updates have changed. */
function productOf(item: Record<string, unknown>): Product {
  // No check: only this adapter writes these items.
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
