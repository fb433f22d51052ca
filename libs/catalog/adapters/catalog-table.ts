import type { ItemKey } from '@triptych/platform/aws';

/**
 * The keys of the catalog's table. The outbox adds its own items. Nothing is ever scanned, and
 * `gsi1`, an index that the table of every context has, is not used.
 */
export const keys = {
  /**
   * A product with its price and stock, so that one condition covers both: `name`, `description`,
   * `category`, `amountCents`, `currency`, `available`, `held`, `sold`, `received`, `adjustments`,
   * `uploads` (how many were begun), `latestUpload`, `imageId`, `imageNumber`, `version`,
   * `createdAt`, `updatedAt`, `removedAt`.
   */
  product: (id: string): ItemKey => ({ pk: `PRODUCT#${id}`, sk: 'PRODUCT' }),
  /** A receipt of stock: `quantity`, `receivedAt`. Never expires. */
  receipt: (productId: string, id: string): ItemKey => ({
    pk: `PRODUCT#${productId}`,
    sk: `RECEIPT#${id}`,
  }),
  /** An entry of the list of all products, or of one category, in one ordering: `id`. */
  listed: (by: string, category: string | undefined, position: string): ItemKey => ({
    pk: category === undefined ? `LIST#${by}` : `LIST#${by}#${category}`,
    sk: position,
  }),
  /** A word of a product, at its position by age. Attributes: `WordEntry`. */
  word: (word: string, position: string): ItemKey => ({ pk: `WORD#${word}`, sk: position }),
  /** A category: `name`, `products` (how many it has). */
  category: (slug: string): ItemKey => ({ pk: 'CATEGORIES', sk: slug }),
  /**
   * A reservation: `state`, `lines`, `returns`, `changedAtMs`, and `expiresAt` unless its units are
   * held or sold.
   */
  reservation: (orderId: string): ItemKey => ({ pk: `ORDER#${orderId}`, sk: 'RESERVATION' }),
  /** An upload: `productId`, `contentType`, `status`, `code`, `number`, `expiresAt` if pending. */
  upload: (imageId: string): ItemKey => ({ pk: `IMAGE#${imageId}`, sk: 'UPLOAD' }),
} as const;
