import type { CancelReason, RejectReason, StockReserved } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import { orderCancelled, orderConfirmed, type PaymentsEventDraft } from './event-drafts.ts';
import { captureJournal, type Journal } from './journal.ts';
import { sameMoney } from './money.ts';
import { type Order, type OrderState, totalOf } from './order.ts';

/**
 * One conditional write: `to` replaces `from` only if nobody wrote since, together with all that
 * must be true with it.
 */
export interface Change {
  readonly from: Order;
  readonly to: Order;
  readonly events: readonly PaymentsEventDraft[];
  readonly journal?: Journal;
}

/** Every arrow there is. */
const arrows: Record<OrderState, readonly OrderState[]> = {
  placed: ['reserved', 'rejected', 'cancelled'],
  reserved: ['charging', 'cancelled'],
  charging: ['confirmed', 'cancelled'],
  confirmed: [],
  rejected: [],
  cancelled: [],
};

/**
 * placed → reserved, with the catalog's prices.
 * @throws AppError unprocessable `quote-differs`: an amount the customer did not agree to is never
 *   charged
 */
export function reserve(order: Order, quote: StockReserved['data'], at: string): Change {
  const total = { amountCents: quote.totalCents, currency: quote.currency };
  if (!sameMoney(total, order.expectedTotal)) {
    throw new AppError('unprocessable', 'quote-differs', `The quote for ${order.id} differs.`);
  }
  const lines = quote.lines.map(({ productId, name, quantity, unitPriceCents }) => ({
    productId,
    name,
    quantity,
    unitPriceCents,
  }));
  return step(order, 'reserved', at, { total, lines });
}

/** placed → rejected: nothing was reserved, so nobody has to be told. */
export function reject(order: Order, reason: RejectReason, at: string): Change {
  return step(order, 'rejected', at, { reason });
}

/**
 * reserved → charging. Null for the intent says that the provider refused to make one: a decline.
 */
export function startCharging(order: Order, intentId: string | null, at: string): Change {
  return step(order, 'charging', at, { intentId });
}

/**
 * Not an arrow: the idempotency key of the last try answers with a stored fault for ever, so the
 * next try takes a new one.
 */
export function nextAttempt(order: Order): Change {
  const to = { ...order, version: order.version + 1, intentAttempt: order.intentAttempt + 1 };
  return { from: order, to, events: [] };
}

/** charging → confirmed, with the journal that books the money. */
export function confirm(order: Order, at: string): Change {
  const total = totalOf(order);
  const change = step(order, 'confirmed', at, {});
  return {
    ...change,
    events: [orderConfirmed(order.id, total)],
    journal: captureJournal(order.id, total, change.to.updatedAt),
  };
}

/** placed | reserved → cancelled (customer, deadline); charging → cancelled (also declined). */
export function cancel(order: Order, reason: CancelReason, at: string): Change {
  if (reason === 'declined' && order.state !== 'charging') throw illegal(order, 'cancelled');
  const change = step(order, 'cancelled', at, { reason });
  return { ...change, events: [orderCancelled(order.id, reason)] };
}

function step(order: Order, state: OrderState, now: string, changes: Partial<Order>): Change {
  if (!arrows[order.state].includes(state)) throw illegal(order, state);
  // Two processes' clocks may differ; a history never runs backwards.
  const at = now > order.updatedAt ? now : order.updatedAt;
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
