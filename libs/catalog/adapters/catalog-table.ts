import type { ItemKey } from '@triptych/platform/aws';

/** Every key pattern of the table except the outbox's own; the README lists them with their attributes. */
export const keys = {
  product: (id: string): ItemKey => ({ pk: `PRODUCT#${id}`, sk: 'PRODUCT' }),
  receipt: (productId: string, id: string): ItemKey => ({
    pk: `PRODUCT#${productId}`,
    sk: `RECEIPT#${id}`,
  }),
  category: (slug: string): ItemKey => ({ pk: 'CATEGORIES', sk: slug }),
  reservation: (orderId: string): ItemKey => ({ pk: `ORDER#${orderId}`, sk: 'RESERVATION' }),
  upload: (imageId: string): ItemKey => ({ pk: `IMAGE#${imageId}`, sk: 'UPLOAD' }),
} as const;
