import type { OrderLine, QuotedLine, RejectReason } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';

/**
 * State of an order's reservation:
 *
 * ```
 *            order.placed           order.confirmed                ┌─ order.refunded: its lines
 * (none) ──────────────────▶ held ───────────────────▶ committed ◀─┘  become available again
 *    │                         └───── order.cancelled ▶ released
 *    ├── order.placed, cannot be fulfilled ───────────▶ rejected
 *    └── order.cancelled arrives first ───────────────▶ tombstone: a later order.placed is ignored
 * ```
 *
 * The record, its answer (an outbox entry) and the stock it moves are written in one transaction.
 * A duplicate `order.placed` finds the record and stops; the answer is already in the outbox.
 */
export type ReservationState = 'held' | 'committed' | 'released' | 'rejected' | 'tombstone';

/** The one reservation of an order. */
export interface Reservation {
  readonly orderId: string;
  readonly state: ReservationState;
  /** The lines held, with the prices quoted for this order; empty if nothing was ever held. */
  readonly lines: readonly QuotedLine[];
  /** Why nothing is held. Absent from other records, and from rejections by earlier versions. */
  readonly rejectedFor?: RejectReason;
  /** Milliseconds since 1970 of the last change. */
  readonly changedAtMs: number;
  /**
   * Seconds since 1970 after which the record counts as absent. Held and committed ones have none.
   */
  readonly expiresAtSeconds?: number;
  /** Goods returned from a committed order, by refund. */
  readonly returns?: readonly Return[];
}

/** The goods returned by one refund. */
export interface Return {
  readonly refundId: string;
  readonly lines: readonly OrderLine[];
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** AppError conflict `reservation-not-held`. */
export function notHeld(orderId: string, state = 'absent'): AppError {
  const detail = `The reservation of order ${orderId} is ${state}, not held.`;
  return new AppError('conflict', 'reservation-not-held', detail);
}
