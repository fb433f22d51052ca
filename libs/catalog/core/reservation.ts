import type { OrderLine, QuotedLine } from '@triptych/events';
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
  /** Seconds since 1970 after which the record counts as absent; what is held or sold never expires. */
  readonly expiresAtSeconds?: number;
  /** What came back of a sold order, by refund. */
  readonly returns?: readonly Return[];
}

export interface Return {
  readonly refundId: string;
  readonly lines: readonly OrderLine[];
  /** Milliseconds since 1970. */
  readonly atMs: number;
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

/** Times that somebody else may come in between before we give up for now. */
const attempts = 5;

/** Reads, decides and writes again while others change what was read. Throws {@link stockContended}. */
export async function untilDone(attempt: () => Promise<'done' | 'changed'>): Promise<void> {
  for (let count = 0; count < attempts; count += 1) {
    if ((await attempt()) === 'done') return;
  }
  throw stockContended();
}

/** Others kept changing the same product or order; a message comes again. */
export function stockContended(): AppError {
  const detail = 'It is changing too fast just now; try again.';
  return new AppError('unavailable', 'stock-contended', detail, { retryAfterSeconds: 1 });
}
