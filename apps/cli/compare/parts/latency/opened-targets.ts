import type { PartFindings } from '@triptych/comparison/data';
import { type Journey, prepareJourney } from '@triptych/comparison/workloads';
import type { ComparedTarget, PartContext } from '../../part.ts';

/** A target with customers, stock and pictures ready. */
export interface OpenedTarget {
  readonly target: ComparedTarget;
  readonly journey: Journey;
}

/**
 * Prepares all targets, one after the other; one that cannot be is missing with the reason.
 * @param accounts customers of each, 0 where nobody logs in or orders
 */
export async function openTargets(
  context: PartContext,
  findings: PartFindings,
  accounts: number,
): Promise<OpenedTarget[]> {
  const opened: OpenedTarget[] = [];
  for (const target of context.targets) {
    if (context.signal.aborted) break;
    try {
      const { baseUrl, admin } = target;
      const journey = await prepareJourney({ baseUrl, admin, accounts });
      opened.push({ target, journey });
    } catch (error) {
      const why = `the shop could not be made ready: ${(error as Error).message}`;
      findings.lack({ target: target.name, what: 'everything of this part', why });
    }
  }
  return opened;
}

export function closeTargets(opened: readonly OpenedTarget[]): void {
  for (const { journey } of opened) journey.close();
}
