import { type Static, Type } from 'typebox';
import { AmountCents, Currency, defineEvent, type EventOf, Id } from './envelope.ts';

/** What a customer asks for: at most 40 lines, each product once. */
export const OrderLine = Type.Object({
  productId: Id,
  quantity: Type.Integer({ minimum: 1, maximum: 999 }),
});
export type OrderLine = Static<typeof OrderLine>;

export const OrderPlaced = defineEvent(
  'order.placed',
  'triptych.payments',
  Type.Object({
    orderId: Id,
    accountId: Id,
    lines: Type.Array(OrderLine, { minItems: 1, maxItems: 40 }),
    /** What the customer expects to pay; catalog refuses when its own prices add up to something else. */
    expectedTotalCents: AmountCents,
    currency: Currency,
  }),
);
export type OrderPlaced = EventOf<typeof OrderPlaced>;

export const OrderConfirmed = defineEvent(
  'order.confirmed',
  'triptych.payments',
  Type.Object({ orderId: Id, totalCents: AmountCents, currency: Currency }),
);
export type OrderConfirmed = EventOf<typeof OrderConfirmed>;

/** Why an order was cancelled after it was placed. */
export const CancelReason = Type.Union([
  Type.Literal('declined'),
  Type.Literal('customer'),
  Type.Literal('deadline'),
]);
export type CancelReason = Static<typeof CancelReason>;

export const OrderCancelled = defineEvent(
  'order.cancelled',
  'triptych.payments',
  Type.Object({ orderId: Id, reason: CancelReason }),
);
export type OrderCancelled = EventOf<typeof OrderCancelled>;

/** The provider has paid money of an order back; `restock` names what is for sale again, if anything. */
export const OrderRefunded = defineEvent(
  'order.refunded',
  'triptych.payments',
  Type.Object({
    orderId: Id,
    refundId: Id,
    amountCents: AmountCents,
    currency: Currency,
    restock: Type.Array(OrderLine, { maxItems: 40 }),
  }),
);
export type OrderRefunded = EventOf<typeof OrderRefunded>;

/** An operator wants money of an order paid back: payments asks the provider, now and until it is settled. */
export const RefundRequested = defineEvent(
  'refund.requested',
  'triptych.payments',
  Type.Object({ orderId: Id, refundId: Id }),
);
export type RefundRequested = EventOf<typeof RefundRequested>;
