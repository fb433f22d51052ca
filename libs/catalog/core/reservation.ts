import type { QuotedLine } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';

/**
 * What the catalog knows of one order: `held → committed | released`. `rejected` remembers that the order was answered
 * with a no; `tombstone` that it was cancelled before it was ever seen, so that it must not be reserved later.
 */
export type ReservationState = 'held' | 'committed' | 'released' | 'rejected' | 'tombstone';

export interface Reservation {
  readonly orderId: string;
  readonly state: ReservationState;
  /** With the prices quoted for this order; empty unless something was held. */
  readonly lines: readonly QuotedLine[];
  /** Milliseconds since 1970 of its last change. */
  readonly changedAtMs: number;
  /** Seconds since 1970 after which the record counts as absent; what is held never expires. */
  readonly expiresAtSeconds?: number;
}

/**
 * A message can come back this late: a dead-letter queue keeps it 14 days and a redrive starts another 14. After that
 * nobody asks, and the record may go.
 */
const keptSeconds = 30 * 24 * 60 * 60;

/** Seconds since 1970 until which a finished record answers for duplicates. */
export function keptUntilSeconds(nowMs: number): number {
  return Math.floor(nowMs / 1000) + keptSeconds;
}

/** The record, or `undefined` when there is none or it has expired (the table removes it some time after). */
export function live<Item extends { readonly expiresAtSeconds?: number }>(
  item: Item | undefined,
  nowMs: number,
): Item | undefined {
  const expired = item?.expiresAtSeconds !== undefined && item.expiresAtSeconds * 1000 <= nowMs;
  return expired ? undefined : item;
}

/** Others kept changing the same stock or order; the message comes again. */
export function stockContended(): AppError {
  return new AppError('unavailable', 'stock-contended', 'Stock is changing too fast; try again.');
}
