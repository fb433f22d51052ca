import { type Static, Type } from 'typebox';
import { AmountCents, Currency, defineEvent, type EventOf, Id } from './envelope.ts';

/** Lines per order. */
export const MAX_ORDER_LINES = 40;
/** Pieces of one product per order. */
export const MAX_LINE_QUANTITY = 999;

/** One line of an order. Each line of an order has a different product. */
export const OrderLine = Type.Object({
  productId: Id,
  quantity: Type.Integer({ minimum: 1, maximum: MAX_LINE_QUANTITY }),
});
export type OrderLine = Static<typeof OrderLine>;

export const OrderPlaced = defineEvent({
  type: 'order.placed',
  source: 'triptych.payments',
  summary: 'A customer has ordered these products at this total. Nothing is reserved or paid yet.',
  data: Type.Object({
    orderId: Id,
    accountId: Id,
    lines: Type.Array(OrderLine, { minItems: 1, maxItems: MAX_ORDER_LINES }),
    /** The total that the customer expects. Catalog rejects the order if its own prices add up to another total. */
    expectedTotalCents: AmountCents,
    currency: Currency,
  }),
});
export type OrderPlaced = EventOf<typeof OrderPlaced>;

export const OrderConfirmed = defineEvent({
  type: 'order.confirmed',
  source: 'triptych.payments',
  summary: 'The order is paid. Its reserved stock is sold.',
  data: Type.Object({ orderId: Id, totalCents: AmountCents, currency: Currency }),
});
export type OrderConfirmed = EventOf<typeof OrderConfirmed>;

/**
 * Why an order was cancelled: by the customer, at its deadline, or because of the payment provider. The provider declined
 * the card, rejected the payment method, the amount or the currency, or the payment was cancelled in its dashboard.
 */
export const CancelReason = Type.Union([
  Type.Literal('customer'),
  Type.Literal('deadline'),
  Type.Literal('declined'),
  Type.Literal('unknown-payment-method'),
  Type.Literal('payment-method-not-accepted'),
  Type.Literal('amount-too-small'),
  Type.Literal('amount-too-large'),
  Type.Literal('amount-not-accepted'),
  Type.Literal('currency-not-accepted'),
  Type.Literal('cancelled-at-provider'),
]);
export type CancelReason = Static<typeof CancelReason>;

export const OrderCancelled = defineEvent({
  type: 'order.cancelled',
  source: 'triptych.payments',
  summary: 'The order was cancelled. Its reserved stock is available again.',
  data: Type.Object({ orderId: Id, reason: CancelReason }),
});
export type OrderCancelled = EventOf<typeof OrderCancelled>;

/** The provider has refunded part of an order. `restock` lists the lines that are for sale again. */
export const OrderRefunded = defineEvent({
  type: 'order.refunded',
  source: 'triptych.payments',
  summary: 'Part of the order was refunded. The lines in `restock` are for sale again.',
  data: Type.Object({
    orderId: Id,
    refundId: Id,
    amountCents: AmountCents,
    currency: Currency,
    restock: Type.Array(OrderLine, { maxItems: MAX_ORDER_LINES }),
  }),
});
export type OrderRefunded = EventOf<typeof OrderRefunded>;

/** An operator has requested a refund. Payments asks the provider until the refund is settled. */
export const RefundRequested = defineEvent({
  type: 'refund.requested',
  source: 'triptych.payments',
  summary: 'An operator has requested a refund of an order.',
  toSelf: true,
  data: Type.Object({ orderId: Id, refundId: Id }),
});
export type RefundRequested = EventOf<typeof RefundRequested>;
