import type { ComparedTarget } from '../part.ts';

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

/** How much of a variant are functions. */
const functions = { microservices: 0, hybrid: 1, serverless: 2 } as const;

/**
 * The order for what is neither timed against other targets nor disturbed by them: what has most functions, whose answers may
 * wait for starts, comes last and has what the others leave over of the time.
 */
export function functionsLast(targets: readonly ComparedTarget[]): ComparedTarget[] {
  return targets.toSorted((a, b) => functions[a.variant] - functions[b.variant]);
}
