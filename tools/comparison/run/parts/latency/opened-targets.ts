import type { PartFindings } from '../../../data/index.ts';
import { type Journey, prepareJourney } from '../../../workloads/index.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';

/** A target with prepared customers, products and pictures. */
export interface OpenedTarget {
  readonly target: ComparedTarget;
  readonly journey: Journey;
}

/**
 * Prepares all targets in parallel. A target that cannot be prepared is recorded as missing with the reason.
 * @param accounts customers per target; 0 if nobody logs in or orders
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
        const why = `the shop could not be prepared: ${(error as Error).message}`;
        findings.addMissing({ target: target.name, what: 'The whole part', why });
        return undefined;
      }
    }),
  );
  return prepared.filter((one) => one !== undefined);
}

export function closeTargets(opened: readonly OpenedTarget[]): void {
  for (const { journey } of opened) journey.close();
}
