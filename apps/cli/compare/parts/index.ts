import type { ComparePart } from '../part.ts';
import { measureLatency } from './latency.ts';

/** The parts in the order in which they are measured; what one finds the next ones may read. */
export const compareParts: readonly ComparePart[] = [
  { id: 'latency', measure: measureLatency, budget: { quick: 40, full: 330 } },
];
