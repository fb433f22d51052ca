import { readStacks, stacksOf } from '../../complexity/index.ts';
import {
  assume,
  type Billable,
  costFindings,
  defaultScenario,
  loadPrices,
  measuredWorkload,
  takeInventory,
} from '../../cost/index.ts';
import { type Figure, type Findings, PartFindings } from '../../data/index.ts';
import type { MeasurePart } from '../part.ts';

/** The region whose prices a report shows; `npm run estimate` takes others. */
const region = 'us-east-1';

/** What the templates say of each target, and what the parts before measured of it, as bills. */
export const measureCost: MeasurePart = async ({
  targets,
  assembly,
  soFar,
  progress,
}): Promise<Findings> => {
  const into = new PartFindings('cost');
  const billables = billableTargets(targets, assembly, soFar, into);
  progress(1, 2, 'quantities');
  const conditions = { prices: loadPrices(region), assumed: assume(), scenario: defaultScenario };
  costFindings(billables, conditions, into);
  progress(2, 2, 'bills');
  return into;
};

/** Targets whose bill can be made; of the others `into` says what is missing. */
export function billableTargets(
  targets: readonly { readonly name: string; readonly variant: string }[],
  assembly: string,
  figures: readonly Figure[],
  into: PartFindings,
  assumed = assume(),
): Billable[] {
  const stacks = readStacks(assembly);
  return targets.flatMap(({ name, variant }) => {
    const own = stacksOf(stacks, variant);
    if (own.length === 0) {
      into.lack({ target: name, what: 'the bill', why: `there is no template of ${variant}` });
      return [];
    }
    const inventory = takeInventory(variant, own);
    const { measured, lacks } = measuredWorkload(figures, name, inventory, assumed);
    if (lacks.length > 0) {
      const why = `it needs what the part work did not measure: ${lacks.map(({ what }) => what).join(', ')}`;
      into.lack({ target: name, what: 'the bill of a month', why });
    }
    return measured ? [{ target: name, inventory, measured }] : [];
  });
}
