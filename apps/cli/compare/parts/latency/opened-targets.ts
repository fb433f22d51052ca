import type { PartFindings } from '@triptych/comparison/data';
import { type Journey, prepareJourney } from '@triptych/comparison/workloads';
import type { ComparedTarget, PartContext } from '../../part.ts';

/** A target with customers, stock and pictures ready. */
export interface OpenedTarget {
  readonly target: ComparedTarget;
  readonly journey: Journey;
}

/** A shop refuses more than ten log-ins of one account at once, and a spike may have this many under way. */
const accountsPerTarget = 12;

/** Prepares all targets, one after the other; one that cannot be is missing with the reason. */
export async function openTargets(
  context: PartContext,
  findings: PartFindings,
): Promise<OpenedTarget[]> {
  const opened: OpenedTarget[] = [];
  for (const target of context.targets) {
    if (context.signal.aborted) break;
    try {
      const { baseUrl, admin } = target;
      const journey = await prepareJourney({ baseUrl, admin, accounts: accountsPerTarget });
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
