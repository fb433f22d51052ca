import { createHash } from 'node:crypto';
import type { Static } from 'typebox';
import type { Product, Stock } from '../core/index.ts';
import { priceWarnings } from './price-warnings.ts';
import type { ChangedProductReply, ProductReply, StockReply } from './schemas.ts';

/** Hexadecimal digits: enough that no two states of a product share them. */
const DIGEST_LENGTH = 16;

/** A product as customers see it: without the units held and sold. */
export function productReply(product: Product): Static<typeof ProductReply> {
  const { id, name, description, category, price, stock, version, createdAt, updatedAt } = product;
  const image = product.imageId === undefined ? null : { imageId: product.imageId };
  const { available } = stock;
  return {
    id,
    name,
    description,
    category,
    price,
    available,
    image,
    version,
    createdAt,
    updatedAt,
  };
}

/** A product as the answer to an administrator's change, with warnings about its price. */
export function changedProductReply(product: Product): Static<typeof ChangedProductReply> {
  const warnings = priceWarnings(product.price);
  return { ...productReply(product), ...(warnings.length > 0 && { warnings: [...warnings] }) };
}

/** The stock of a product as an administrator sees it. */
export function stockReply(productId: string, stock: Stock): Static<typeof StockReply> {
  const { received, adjustments, available, held, sold } = stock;
  return { productId, received, adjustments, available, held, sold };
}

/**
 * The entity tag of a product: its version, for If-Match, and a digest of the rest of what a customer reads. Orders and pictures
 * change that without a new version, and a tag must change with it (RFC 9110, section 8.8.3).
 */
export function entityTagOf(product: Product): string {
  const digest = createHash('sha256').update(JSON.stringify(productReply(product)));
  return `"${product.version}-${digest.digest('hex').slice(0, DIGEST_LENGTH)}"`;
}

/** The version in an If-Match header that has passed its schema. */
export function versionIn(tag: string): number {
  return Number(/\d+/.exec(tag)?.[0]);
}
