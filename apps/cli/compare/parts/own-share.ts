/**
 * Time for one target of several that are measured one after the other: an even share, or all but what is kept for those
 * that come after, whichever is more. Fast targets need less than their share, and so the slow ones get the rest.
 * @param leftMs for this target and all after it
 * @param after how many come after it
 * @param reservedMs kept for each of those
 */
export function ownShareMs(leftMs: number, after: number, reservedMs: number): number {
  return Math.max(leftMs / (after + 1), leftMs - after * reservedMs);
}
