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

/**
 * What payments says to the other contexts. The store stamps id, time and trace when it writes it.
 */
export type PaymentsEventDraft =
  | DraftOf<typeof OrderPlaced>
  | DraftOf<typeof OrderConfirmed>
  | DraftOf<typeof OrderCancelled>
  | DraftOf<typeof OrderRefunded>
  | DraftOf<typeof RefundRequested>;

const source = 'triptych.payments';

/** Asks catalog to reserve, and starts the deadline. */
export function orderPlaced(order: Order): PaymentsEventDraft {
  return {
    type: 'order.placed',
    source,
    data: {
      orderId: order.id,
      accountId: order.accountId,
      lines: order.lines.map(({ productId, quantity }) => ({ productId, quantity })),
      expectedTotalCents: order.expectedTotal.amountCents,
      currency: order.expectedTotal.currency,
    },
  };
}

/** The money is in: held stock is sold. */
export function orderConfirmed(orderId: string, total: Money): PaymentsEventDraft {
  return {
    type: 'order.confirmed',
    source,
    data: { orderId, totalCents: total.amountCents, currency: total.currency },
  };
}

/**
 * Held stock is free again; catalog leaves a tombstone when this arrives before its reservation.
 */
export function orderCancelled(orderId: string, reason: CancelReason): PaymentsEventDraft {
  return { type: 'order.cancelled', source, data: { orderId, reason } };
}

/** Has the provider asked for the money, and asked again later. */
export function refundRequested({ id, orderId }: Refund): PaymentsEventDraft {
  return { type: 'refund.requested', source, data: { orderId, refundId: id } };
}

/** The money has been paid back; the lines it names are for sale again. */
export function orderRefunded({ id, orderId, amount, restock }: Refund): PaymentsEventDraft {
  const data = { orderId, refundId: id, ...amount, restock: [...restock] };
  return { type: 'order.refunded', source, data };
}
