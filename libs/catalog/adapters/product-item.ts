import { shardOf } from '@triptych/platform/aws';
import type { Product } from '../core/index.ts';
import { keys } from './catalog-table.ts';

/** Partitions of the product list: a page asks all of them, a write touches one. */
export const listShards = 4;

export function listPartition(shard: number): string {
  return `PRODUCTS#${shard}`;
}

/** Where a product stands in the list: by category, then oldest first, then by id. */
export function listPosition(product: Pick<Product, 'category' | 'createdAt' | 'id'>): string {
  return `${product.category}#${product.createdAt}#${product.id}`;
}

/** A product's item: flat, so that a condition or an update names one attribute. */
export function productItem({ price, stock, ...product }: Product): Record<string, unknown> {
  return {
    ...keys.product(product.id),
    gsi1pk: listPartition(shardOf(product.id, listShards)),
    gsi1sk: listPosition(product),
    ...product,
    ...price,
    ...stock,
    uploads: 0,
  };
}

/** The product in an item written by {@link productItem} and changed since. */
export function productOf(item: Record<string, unknown>): Product {
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
