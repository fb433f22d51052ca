import type { CancelReason, RejectReason, StockReserved } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import { orderCancelled, orderConfirmed, type PaymentsEventDraft } from './event-drafts.ts';
import { captureJournal, type Journal } from './journal.ts';
import { sameMoney } from './money.ts';
import { type Order, type OrderState, totalOf } from './order.ts';
import { laterOf } from './timestamp.ts';

/**
 * One conditional write. `to` replaces `from` only if nobody has written the order since. Events and
 * journal are part of the same transaction.
 */
export interface Change {
  readonly from: Order;
  readonly to: Order;
  readonly events: readonly PaymentsEventDraft[];
  readonly journal?: Journal;
}

/**
 * All transitions. Each one is a conditional write, and the loser of a race decides again (see
 * drive-record.ts), so duplicates, reordering and crashes all lead to the same result.
 * order-life.test.ts checks this with random orders of messages, lost calls and crashes.
 */
const TRANSITIONS: Record<OrderState, readonly OrderState[]> = {
  placed: ['reserved', 'rejected', 'cancelled'],
  reserved: ['charging', 'cancelled'],
  charging: ['confirmed', 'cancelled'],
  confirmed: [],
  rejected: [],
  cancelled: [],
};

/**
 * placed → reserved, with catalog's prices.
 * @throws AppError unprocessable `quote-differs`: the customer agreed to another amount; internal
 *   `illegal-transition`
 */
export function reserve(order: Order, quote: StockReserved['data'], at: string): Change {
  const total = { amountCents: quote.totalCents, currency: quote.currency };
  if (!sameMoney(total, order.expectedTotal)) {
    const detail = `The quote for order ${order.id} is not the expected total.`;
    throw new AppError('unprocessable', 'quote-differs', detail);
  }
  const lines = quote.lines.map(({ productId, name, quantity, unitPriceCents }) => ({
    productId,
    name,
    quantity,
    unitPriceCents,
  }));
  return transition(order, 'reserved', at, { total, lines });
}

/**
 * placed → rejected. Nothing was reserved, so there is no event.
 * @throws AppError internal `illegal-transition`
 */
export function reject(order: Order, reason: RejectReason, at: string): Change {
  return transition(order, 'rejected', at, { reason });
}

/**
 * reserved → charging.
 * @throws AppError internal `illegal-transition`
 */
export function startCharging(order: Order, intentId: string, at: string): Change {
  return transition(order, 'charging', at, { intentId });
}

/** Not a transition. Stores the intent of an order that is charging without one. */
export function storeIntent(order: Order, intentId: string): Change {
  return { from: order, to: { ...order, version: order.version + 1, intentId }, events: [] };
}

/**
 * Not a transition. The provider has stored a fault under the last attempt's key and replays it, so
 * the next attempt uses another key.
 */
export function nextAttempt(order: Order): Change {
  const to = { ...order, version: order.version + 1, intentAttempt: order.intentAttempt + 1 };
  return { from: order, to, events: [] };
}

/**
 * charging → confirmed, with the journal that books the money.
 * @throws AppError internal `illegal-transition` | `order-without-total`
 */
export function confirm(order: Order, at: string): Change {
  const total = totalOf(order);
  const change = transition(order, 'confirmed', at, {});
  return {
    ...change,
    events: [orderConfirmed(order.id, total)],
    journal: captureJournal(order.id, total, change.to.updatedAt),
  };
}

/** Reasons that only an order with an intent has. */
const REASONS_OF_INTENTS: readonly CancelReason[] = ['declined', 'cancelled-at-provider'];

/**
 * placed | reserved → cancelled (customer, deadline); reserved → cancelled (refused by the provider);
 * charging → cancelled (declined, deadline, at the provider, refused when it is charged again).
 * @param providerCode the provider's own code for the reason
 * @throws AppError internal `illegal-transition`
 */
export function cancel(
  order: Order,
  reason: CancelReason,
  at: string,
  providerCode?: string,
): Change {
  if (REASONS_OF_INTENTS.includes(reason) && order.state !== 'charging') {
    throw illegal(order, 'cancelled');
  }
  const code = providerCode === undefined ? {} : { providerCode };
  const change = transition(order, 'cancelled', at, { reason, ...code });
  return { ...change, events: [orderCancelled(order.id, reason)] };
}

function transition(order: Order, state: OrderState, now: string, changes: Partial<Order>): Change {
  if (!TRANSITIONS[order.state].includes(state)) throw illegal(order, state);
  const at = laterOf(now, order.updatedAt);
  const to: Order = {
    ...order,
    ...changes,
    state,
    version: order.version + 1,
    updatedAt: at,
    history: [...order.history, { state, at }],
  };
  return { from: order, to, events: [] };
}

function illegal(order: Order, state: OrderState): AppError {
  const detail = `Order ${order.id} cannot go from ${order.state} to ${state}.`;
  return new AppError('internal', 'illegal-transition', detail);
}
