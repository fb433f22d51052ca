/**
 * A message can arrive almost 28 days late: a dead-letter queue keeps it for 14 days, and a redrive
 * starts another 14.
 */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** Seconds since 1970 until which a finished record deduplicates messages. */
export function keptUntilSeconds(nowMs: number): number {
  return Math.floor(nowMs / 1000) + KEPT_SECONDS;
}

/** Seconds since 1970 at which a record with this {@link keptUntilSeconds} was begun. */
export function begunAtSeconds(keptUntil: number): number {
  return keptUntil - KEPT_SECONDS;
}

/** The record, unless it has expired. DynamoDB deletes expired items with a delay. */
export function unexpired<Item extends { readonly expiresAtSeconds?: number }>(
  item: Item | undefined,
  nowMs: number,
): Item | undefined {
  const expired = item?.expiresAtSeconds !== undefined && item.expiresAtSeconds * 1000 <= nowMs;
  return expired ? undefined : item;
}
