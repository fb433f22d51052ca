import { readStacks, stacksOf } from '../../complexity/index.ts';
import {
  type Assumed,
  assume,
  type Billable,
  costFindings,
  DEFAULT_SCENARIO,
  loadPrices,
  measuredWorkload,
  takeInventory,
} from '../../cost/index.ts';
import { type Figure, type Findings, PartFindings, type Target } from '../../data/index.ts';
import type { MeasurePart } from '../part.ts';
import { type Assemblies, assemblyOf } from '../templates.ts';

/** The region whose prices a report uses; `npm run estimate` accepts others. */
const REGION = 'us-east-1';

/** Computes the bill of each target from its templates and from the work that earlier parts measured. */
export const measureCost: MeasurePart = async (context): Promise<Findings> => {
  const { targets, soFar, progress } = context;
  const into = new PartFindings('cost');
  const billables = billableTargets(targets, context, soFar, into);
  progress(1, 2, 'quantities');
  const conditions = { prices: loadPrices(REGION), assumed: assume(), scenario: DEFAULT_SCENARIO };
  costFindings(billables, conditions, into);
  progress(2, 2, 'bills');
  return into;
};

/**
 * Returns the targets whose bill can be computed. Records in `into` what is missing for the others.
 * @param replaced assumptions that the user states, which replace measured figures
 */
export function billableTargets(
  targets: readonly Pick<Target, 'name' | 'variant' | 'http'>[],
  assemblies: Assemblies,
  figures: readonly Figure[],
  into: PartFindings,
  replaced: Partial<Assumed> = {},
): Billable[] {
  const explicit = new Set(Object.keys(replaced));
  return targets.flatMap((target) => {
    const { name, variant } = target;
    const own = stacksOf(readStacks(assemblyOf(target, assemblies)), variant);
    if (own.length === 0) {
      into.addMissing({
        target: name,
        what: 'Monthly bill',
        why: `the templates do not contain ${variant}`,
      });
      return [];
    }
    const inventory = takeInventory(variant, own);
    const { measured, missing } = measuredWorkload(
      figures,
      name,
      inventory,
      assume(replaced),
      explicit,
    );
    if (missing.length > 0) {
      const why = `it needs figures that the part “Work per request” did not measure: ${missing.map(({ what }) => what).join(', ')}`;
      into.addMissing({ target: name, what: 'Monthly bill', why });
    }
    return measured ? [{ target: name, inventory, measured }] : [];
  });
}
