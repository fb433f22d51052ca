import { setTimeout as sleep } from 'node:timers/promises';
import type { PartFindings } from '../../../data/index.ts';
import type { Contender } from './contender.ts';
import { OPERATOR_VIEWS } from './operator-views.ts';
import { decideOrders, undecidedOrders } from './undecided-orders.ts';

/** Long enough for the first repeated attempt of the charge. */
const STUCK_MS = 4_000;
/** The end of a longer answer is shown. */
const MAX_LINES = 8;

/** Makes the payment provider fail, and records what an operator sees of an order that cannot be charged. */
export async function showStuckOrder(
  findings: PartFindings,
  contender: Contender,
  signal: AbortSignal,
): Promise<void> {
  const { name, provider } = contender;
  try {
    const [order] = await undecidedOrders(contender, 1, signal);
    if (!order) return;
    await sleep(STUCK_MS, undefined, { signal });
    const { command, lines } = await OPERATOR_VIEWS[name](contender, order.id);
    const shown = lines.slice(-MAX_LINES);
    const of =
      lines.length > shown.length ? ` (the last ${shown.length} of ${lines.length} lines)` : '';
    const subject = 'A stuck order';
    findings.fact({ target: name, subject, text: `\`${command}\`${of}` });
    for (const line of shown) findings.fact({ target: name, subject, text: `\`${line.trim()}\`` });
    await decideOrders(contender, [order], signal);
  } catch (error) {
    findings.addMissing({ target: name, what: 'A stuck order', why: (error as Error).message });
  } finally {
    await provider.behave({});
  }
}
