import type { EventName } from '../registry.ts';

/** What each event says, in one sentence. */
export const summaries: Readonly<Record<EventName, string>> = {
  'order.placed': 'A customer wants these products at this total; nothing is reserved or paid yet.',
  'order.confirmed': 'The order is paid for: what was held for it is sold.',
  'order.cancelled':
    'The order ended after it was placed: what was held for it is available again.',
  'order.refunded': 'Money of the order went back; the lines named are for sale again.',
  'refund.requested': 'An operator wants money of an order paid back.',
  'stock.reserved': 'All lines of the order are held, at these prices.',
  'stock.rejected': 'Nothing was held for the order, and this is why.',
  'image.accepted': 'An uploaded picture can be shown.',
  'image.rejected': 'An uploaded picture cannot be shown, and this is why.',
};
