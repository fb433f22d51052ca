import type { ComparePart } from '../part.ts';

/** The parts in the order in which they are measured; what one finds the next ones may read. */
export const compareParts: readonly ComparePart[] = [];
