import type { ItemKey } from '@triptych/platform/aws';

/** Every key pattern of the table except the outbox's own; the README lists them with their attributes. */
export const keys = {
  product: (id: string): ItemKey => ({ pk: `PRODUCT#${id}`, sk: 'PRODUCT' }),
  receipt: (productId: string, id: string): ItemKey => ({
    pk: `PRODUCT#${productId}`,
    sk: `RECEIPT#${id}`,
  }),
  /** Products in one order; of one category, or of all. */
  listed: (by: string, category: string | undefined, position: string): ItemKey => ({
    pk: category === undefined ? `LIST#${by}` : `LIST#${by}#${category}`,
    sk: position,
  }),
  /** Products with a word. */
  word: (word: string, position: string): ItemKey => ({ pk: `WORD#${word}`, sk: position }),
  category: (slug: string): ItemKey => ({ pk: 'CATEGORIES', sk: slug }),
  reservation: (orderId: string): ItemKey => ({ pk: `ORDER#${orderId}`, sk: 'RESERVATION' }),
  upload: (imageId: string): ItemKey => ({ pk: `IMAGE#${imageId}`, sk: 'UPLOAD' }),
} as const;
