import type { PartFindings } from '../../../data/index.ts';
import { type Journey, prepareJourney } from '../../../workloads/index.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';

/** A target with customers, stock and pictures ready. */
export interface OpenedTarget {
  readonly target: ComparedTarget;
  readonly journey: Journey;
}

/**
 * Prepares all targets, side by side; one that cannot be is missing with the reason.
 * @param accounts customers of each, 0 where nobody logs in or orders
 */
export async function openTargets(
  context: PartContext,
  findings: PartFindings,
  accounts: number,
): Promise<OpenedTarget[]> {
  const prepared = await Promise.all(
    context.targets.map(async (target): Promise<OpenedTarget | undefined> => {
      try {
        const { baseUrl, admin } = target;
        return { target, journey: await prepareJourney({ baseUrl, admin, accounts }) };
      } catch (error) {
        const why = `the shop could not be made ready: ${(error as Error).message}`;
        findings.lack({ target: target.name, what: 'everything of this part', why });
        return undefined;
      }
    }),
  );
  return prepared.filter((one) => one !== undefined);
}

export function closeTargets(opened: readonly OpenedTarget[]): void {
  for (const { journey } of opened) journey.close();
}
