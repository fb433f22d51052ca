import { PART_IDS, type PartId } from '../../data/index.ts';
import type { ComparePart } from '../part.ts';
import { measureBehaviour } from './behaviour.ts';
import { measureBursts } from './bursts.ts';
import { measureComplexity } from './complexity.ts';
import { measureCoordination } from './coordination.ts';
import { measureCost } from './cost.ts';
import { measureDeployment } from './deployment.ts';
import { measureFaults } from './faults.ts';
import { measureIdle } from './idle.ts';
import { measureLatency } from './latency.ts';
import { measureLimits } from './limits.ts';
import { measureShootOuts } from './shoot-outs.ts';
import { measureWork } from './work.ts';

const cost: ComparePart = { id: 'cost', measure: measureCost, budget: { quick: 1, full: 1 } };

/**
 * The parts in the order of measurement. The parts that most readers want come first and always run: behaviour, latency, and
 * the bill with the two parts whose figures it needs. The bill is computed again after the bursts, which measure the share of
 * cold starts under load.
 */
const COMPARE_PARTS: readonly ComparePart[] = [
  // Also warms up the services' code before the timed parts.
  { id: 'behaviour', measure: measureBehaviour, budget: { quick: 12, full: 110 }, essential: true },
  { id: 'latency', measure: measureLatency, budget: { quick: 36, full: 335 }, essential: true },
  { id: 'idle', measure: measureIdle, budget: { quick: 6, full: 50 }, essential: true },
  { id: 'work', measure: measureWork, budget: { quick: 14, full: 140 }, essential: true },
  { ...cost, essential: true },
  {
    id: 'complexity',
    measure: measureComplexity,
    budget: { quick: 1, full: 1 },
    essential: true,
  },
  { id: 'bursts', measure: measureBursts, budget: { quick: 36, full: 285 } },
  cost,
  { id: 'faults', measure: measureFaults, budget: { quick: 20, full: 100 } },
  { id: 'limits', measure: measureLimits, budget: { quick: 14, full: 88 } },
  { id: 'deployment', measure: measureDeployment, budget: { quick: 9, full: 35 } },
  { id: 'shoot-outs', measure: measureShootOuts, budget: { quick: 0, full: 40 } },
];

/** A part that only `--parts` runs, because it starts further shops. */
const coordination: ComparePart = {
  id: 'coordination',
  measure: measureCoordination,
  budget: { quick: 60, full: 200 },
  essential: true,
};

/** The ids of the parts that run without `--parts`. */
export const DEFAULT_PARTS: readonly PartId[] = PART_IDS.filter((id) => id !== coordination.id);

/** The parts to measure, in order. @param wanted the ids of `--parts` */
export function partsInOrder(wanted: readonly PartId[] = DEFAULT_PARTS): readonly ComparePart[] {
  return [...COMPARE_PARTS, coordination].filter(({ id }) => wanted.includes(id));
}
