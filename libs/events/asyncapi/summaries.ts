import type { EventName } from '../registry.ts';

/** The meaning of each event in one sentence. */
export const SUMMARIES: Readonly<Record<EventName, string>> = {
  'order.placed':
    'A customer has ordered these products at this total. Nothing is reserved or paid yet.',
  'order.confirmed': 'The order is paid. Its reserved stock is sold.',
  'order.cancelled': 'The order was cancelled. Its reserved stock is available again.',
  'order.refunded': 'Part of the order was refunded. The lines in `restock` are for sale again.',
  'refund.requested': 'An operator has requested a refund of an order.',
  'stock.reserved': 'Stock is reserved for all lines of the order, at these prices.',
  'stock.rejected': 'No stock was reserved for the order, for this reason.',
  'image.accepted': 'An uploaded image can be shown.',
  'image.rejected': 'An uploaded image cannot be shown, for this reason.',
};
