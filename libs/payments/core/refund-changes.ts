import { AppError } from '@triptych/platform/errors';
import { orderRefunded, type PaymentsEventDraft, refundRequested } from './event-drafts.ts';
import type { IdempotencyRecord } from './idempotency.ts';
import { type Journal, refundJournal, refundReversalJournal } from './journal.ts';
import type { Order, Refunded } from './order.ts';
import { addRefund, type Refund, subtractRefund } from './refund.ts';
import { laterOf } from './timestamp.ts';

/**
 * One conditional write. Refund and order (where it changes too) are replaced only if nobody has
 * written either since they were read. The rest is part of the same transaction.
 */
export interface RefundChange {
  /** Null for a new refund. */
  readonly from: Refund | null;
  readonly to: Refund;
  readonly order?: { readonly from: Order; readonly to: Order };
  readonly idempotency?: IdempotencyRecord;
  readonly events: readonly PaymentsEventDraft[];
  readonly journal?: Journal;
}

/**
 * Creates a refund and adds it to the order's totals.
 * @throws AppError conflict `invalid-transition` unless the order is confirmed; conflict
 *   `refund-exceeds-captured` | `restock-exceeds-order` | `too-many-refunds`
 */
export function startRefund(order: Order, refund: Refund): RefundChange {
  if (order.state !== 'confirmed') {
    const detail = `An order in state ${order.state} cannot be refunded.`;
    throw new AppError('conflict', 'invalid-transition', detail);
  }
  return {
    from: null,
    to: refund,
    order: withRefunded(order, addRefund(order, refund)),
    events: [refundRequested(refund)],
  };
}

/** pending → succeeded: books the refund and tells catalog to restock. */
export function succeed(refund: Refund, at: string): RefundChange {
  const to = next(refund, { state: 'succeeded' }, at);
  return { from: refund, to, events: [orderRefunded(to)], journal: refundJournal(to) };
}

/**
 * pending | succeeded → failed: frees the amount in the order, and reverses the booking if there is
 * one.
 */
export function fail(refund: Refund, order: Order, reason: string, at: string): RefundChange {
  const to = next(refund, { state: 'failed', reason }, at);
  return {
    from: refund,
    to,
    order: withRefunded(order, subtractRefund(order, refund)),
    events: [],
    ...(refund.state === 'succeeded' ? { journal: refundReversalJournal(to) } : {}),
  };
}

/**
 * Not a transition. The provider has stored a fault under the last attempt's key and replays it, so
 * the next attempt uses another key.
 */
export function nextRefundAttempt(refund: Refund, at: string): RefundChange {
  const to = next(refund, { attempt: refund.attempt + 1 }, at);
  return { from: refund, to, events: [] };
}

function next(refund: Refund, changes: Partial<Refund>, now: string): Refund {
  const updatedAt = laterOf(now, refund.updatedAt);
  return { ...refund, ...changes, version: refund.version + 1, updatedAt };
}

const withRefunded = (from: Order, refunded: Refunded) => ({
  from,
  to: { ...from, version: from.version + 1, refunded },
});
