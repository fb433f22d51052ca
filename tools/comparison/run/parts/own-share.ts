import type { ComparedTarget } from '../part.ts';

/**
 * The time for one of several targets that are measured in sequence: an even share, or all but the reserve for later targets,
 * whichever is more. Fast targets need less than their share, so slow ones get the rest.
 * @param leftMs time left for this target and all later ones
 * @param after number of later targets
 * @param reservedMs time reserved for each of them
 */
export function ownShareMs(leftMs: number, after: number, reservedMs: number): number {
  return Math.max(leftMs / (after + 1), leftMs - after * reservedMs);
}

/** Ranks the variants by how many functions they have. */
const FUNCTION_RANK = { microservices: 0, hybrid: 1, serverless: 2 } as const;

/**
 * Orders targets for measurements that do not compare times. The target with the most functions, which may wait for cold
 * starts, comes last and gets the time that the others leave.
 */
export function functionsLast(targets: readonly ComparedTarget[]): ComparedTarget[] {
  return targets.toSorted((a, b) => FUNCTION_RANK[a.variant] - FUNCTION_RANK[b.variant]);
}
