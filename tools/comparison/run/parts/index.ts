import { PART_IDS } from '../../data/index.ts';
import type { ComparePart, PartContext } from '../part.ts';
import { measureBehaviour } from './behaviour.ts';
import { measureBursts } from './bursts.ts';
import { measureComplexity } from './complexity.ts';
import { measureCost } from './cost.ts';
import { measureDeployment } from './deployment.ts';
import { measureFaults } from './faults.ts';
import { measureIdle } from './idle.ts';
import { measureLatency } from './latency.ts';
import { measureLimits } from './limits.ts';
import { measureShootOuts } from './shoot-outs.ts';
import { measureWork } from './work.ts';

/**
 * The parts in the order of a full run. Later parts can read the figures of earlier ones. Parts with a fixed duration come
 * first, so that parts that turn more time into more samples get the time they leave.
 */
const COMPARE_PARTS: readonly ComparePart[] = [
  { id: 'faults', measure: measureFaults, budget: { quick: 26, full: 122 } },
  { id: 'limits', measure: measureLimits, budget: { quick: 20, full: 104 } },
  { id: 'deployment', measure: measureDeployment, budget: { quick: 10, full: 42 } },
  { id: 'shoot-outs', measure: measureShootOuts, budget: { quick: 0, full: 58 } },
  // Also warms up the services' code before the timed parts.
  { id: 'behaviour', measure: measureBehaviour, budget: { quick: 12, full: 125 } },
  { id: 'idle', measure: measureIdle, budget: { quick: 6, full: 52 } },
  { id: 'work', measure: measureWork, budget: { quick: 16, full: 160 } },
  { id: 'latency', measure: measureLatency, budget: { quick: 44, full: 345 } },
  { id: 'bursts', measure: measureBursts, budget: { quick: 36, full: 300 } },
  { id: 'cost', measure: measureCost, budget: { quick: 1, full: 1 } },
  { id: 'complexity', measure: measureComplexity, budget: { quick: 1, full: 1 } },
];

/** A quick run has no time to redistribute, so it keeps the order of the report, in which the most wanted parts come early. */
export function partsInOrder(mode: PartContext['mode']): readonly ComparePart[] {
  if (mode === 'full') return COMPARE_PARTS;
  return COMPARE_PARTS.toSorted((a, b) => PART_IDS.indexOf(a.id) - PART_IDS.indexOf(b.id));
}
