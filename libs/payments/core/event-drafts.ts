import type {
  CancelReason,
  DraftOf,
  OrderCancelled,
  OrderConfirmed,
  OrderPlaced,
  OrderRefunded,
  RefundRequested,
} from '@triptych/events';
import type { Money } from './money.ts';
import type { Order } from './order.ts';
import type { Refund } from './refund.ts';

/** The events that payments publishes. The store adds id, time and trace when it writes one. */
export type PaymentsEventDraft =
  | DraftOf<typeof OrderPlaced>
  | DraftOf<typeof OrderConfirmed>
  | DraftOf<typeof OrderCancelled>
  | DraftOf<typeof OrderRefunded>
  | DraftOf<typeof RefundRequested>;

const SOURCE = 'triptych.payments';

/** Makes catalog reserve the stock, and starts the deadline. */
export function orderPlaced(order: Order): PaymentsEventDraft {
  return {
    type: 'order.placed',
    source: SOURCE,
    data: {
      orderId: order.id,
      accountId: order.accountId,
      lines: order.lines.map(({ productId, quantity }) => ({ productId, quantity })),
      expectedTotalCents: order.expectedTotal.amountCents,
      currency: order.expectedTotal.currency,
    },
  };
}

/** The money is taken. Catalog moves the stock from held to sold. */
export function orderConfirmed(orderId: string, total: Money): PaymentsEventDraft {
  return {
    type: 'order.confirmed',
    source: SOURCE,
    data: { orderId, totalCents: total.amountCents, currency: total.currency },
  };
}

/**
 * Catalog releases the held stock. If the event arrives before the reservation, catalog leaves a
 * tombstone.
 */
export function orderCancelled(orderId: string, reason: CancelReason): PaymentsEventDraft {
  return { type: 'order.cancelled', source: SOURCE, data: { orderId, reason } };
}

/** Makes payments ask the provider for the refund. A second copy arrives at the deadline. */
export function refundRequested({ id, orderId }: Refund): PaymentsEventDraft {
  return { type: 'refund.requested', source: SOURCE, data: { orderId, refundId: id } };
}

/** The refund has succeeded. Catalog puts the restocked lines on sale again. */
export function orderRefunded({ id, orderId, amount, restock }: Refund): PaymentsEventDraft {
  const data = { orderId, refundId: id, ...amount, restock: [...restock] };
  return { type: 'order.refunded', source: SOURCE, data };
}
