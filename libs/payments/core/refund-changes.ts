import { AppError } from '@triptych/platform/errors';
import { orderRefunded, type PaymentsEventDraft, refundRequested } from './event-drafts.ts';
import type { IdempotencyRecord } from './idempotency.ts';
import { type Journal, refundJournal, refundReversalJournal } from './journal.ts';
import type { Order } from './order.ts';
import { addRefund, type Refund, type Refunded, takeRefundBack } from './refund.ts';

/**
 * One conditional write: refund and order (where it changes too) are replaced only if nobody wrote
 * either since, together with all that must be true with it.
 */
export interface RefundChange {
  /** Null: it must not exist yet. */
  readonly from: Refund | null;
  readonly to: Refund;
  readonly order?: { readonly from: Order; readonly to: Order };
  readonly idempotency?: IdempotencyRecord;
  readonly events: readonly PaymentsEventDraft[];
  readonly journal?: Journal;
}

/**
 * A new refund, counted with its order.
 * @throws AppError conflict `invalid-transition` unless the order is confirmed, and what
 *   {@link addRefund} throws
 */
export function startRefund(order: Order, refund: Refund): RefundChange {
  if (order.state !== 'confirmed') {
    const detail = `An order that is ${order.state} cannot be refunded.`;
    throw new AppError('conflict', 'invalid-transition', detail);
  }
  return {
    from: null,
    to: refund,
    order: withRefunded(order, addRefund(order, refund)),
    events: [refundRequested(refund)],
  };
}

/** The money is on its way back: booked, and told to catalog, which restocks. */
export function succeed(refund: Refund, at: string): RefundChange {
  const to = next(refund, { state: 'succeeded' }, at);
  return { from: refund, to, events: [orderRefunded(to)], journal: refundJournal(to) };
}

/** It will not be paid back: what it took of the order is free again, and a booking is reversed. */
export function fail(refund: Refund, order: Order, reason: string, at: string): RefundChange {
  const to = next(refund, { state: 'failed', reason }, at);
  return {
    from: refund,
    to,
    order: withRefunded(order, takeRefundBack(order, refund)),
    events: [],
    ...(refund.state === 'succeeded' ? { journal: refundReversalJournal(to) } : {}),
  };
}

/** The key of the last try answers with a stored fault for ever: the next try takes a new one. */
export function nextRefundAttempt(refund: Refund, at: string): RefundChange {
  const to = next(refund, { attempt: refund.attempt + 1 }, at);
  return { from: refund, to, events: [] };
}

function next(refund: Refund, changes: Partial<Refund>, now: string): Refund {
  const updatedAt = now > refund.updatedAt ? now : refund.updatedAt;
  return { ...refund, ...changes, version: refund.version + 1, updatedAt };
}

const withRefunded = (from: Order, refunded: Refunded) => ({
  from,
  to: { ...from, version: from.version + 1, refunded },
});
