import { type Static, Type } from 'typebox';
import { AmountCents, Currency, defineEvent, type EventOf, Id } from './envelope.ts';
import { MAX_LINE_QUANTITY, MAX_ORDER_LINES } from './orders.ts';

/** A reserved line with the catalog's price, which stays fixed for this order. */
export const QuotedLine = Type.Object({
  productId: Id,
  name: Type.String(),
  quantity: Type.Integer({ minimum: 1, maximum: MAX_LINE_QUANTITY }),
  unitPriceCents: AmountCents,
});
export type QuotedLine = Static<typeof QuotedLine>;

export const StockReserved = defineEvent({
  type: 'stock.reserved',
  source: 'triptych.catalog',
  summary: 'Stock is reserved for all lines of the order, at these prices.',
  data: Type.Object({
    orderId: Id,
    lines: Type.Array(QuotedLine, { minItems: 1, maxItems: MAX_ORDER_LINES }),
    totalCents: AmountCents,
    currency: Currency,
  }),
});
export type StockReserved = EventOf<typeof StockReserved>;

/** Why no stock was reserved. */
export const RejectReason = Type.Union([
  Type.Literal('out-of-stock'),
  Type.Literal('unknown-product'),
  Type.Literal('price-differs'),
]);
export type RejectReason = Static<typeof RejectReason>;

export const StockRejected = defineEvent({
  type: 'stock.rejected',
  source: 'triptych.catalog',
  summary: 'No stock was reserved for the order, for this reason.',
  data: Type.Object({ orderId: Id, reason: RejectReason }),
});
export type StockRejected = EventOf<typeof StockRejected>;

/** Catalog's answer to a coordinator that asks it to reserve stock. `ended`: the order has ended before. */
export type StockAnswer =
  | { readonly kind: 'reserved'; readonly quote: StockReserved['data'] }
  | { readonly kind: 'rejected'; readonly reason: RejectReason }
  | { readonly kind: 'ended' };
