import { setTimeout as sleep } from 'node:timers/promises';
import type { ComparedTarget } from '../../part.ts';

/** What a process wrote arrives through a pipe, a moment after its answer. */
const logDelayMs = 250;
const lookEveryMs = 10;
const orderRoute = 'POST /payments/orders';

/** Waits until the local cloud has read what the processes wrote about the requests up to now. */
export const logsArrived = (): Promise<unknown> => sleep(logDelayMs);

/** Waits until the local cloud has read what answered a request; no longer than above, for a CDN writes nothing. */
export async function spanArrived({ local }: ComparedTarget, traceId: string): Promise<void> {
  const until = performance.now() + logDelayMs;
  while (local?.shop.logs.spans(traceId).length === 0 && performance.now() < until) {
    await sleep(lookEveryMs);
  }
}

/**
 * Whether a process was started for the work of a trace, as its own spans say: `request` counts what answered, `all` also
 * what went on after the answer. Where no process of the shop saw the request (a CDN answered), nothing was cold.
 * @param sinceMs when it was asked alone after every sandbox had ended, epoch milliseconds: a CDN does not hand on the trace,
 * so without spans a sandbox that has started since tells
 * @returns undefined for a target whose logs are not here
 */
export function wasCold(
  { local }: ComparedTarget,
  traceId: string,
  what: 'request' | 'all',
  sinceMs?: number,
): boolean | undefined {
  if (!local) return undefined;
  const spans = local.shop.logs.spans(traceId);
  if (spans.length === 0 && sinceMs !== undefined) {
    const processes = local.shop.cloud.processes();
    return processes.some(({ kind, startedAt }) => kind === 'function' && startedAt >= sinceMs);
  }
  const answered = spans.find(({ name }) => name === orderRoute);
  if (what === 'request' && answered) return answered.cold;
  return spans.some(({ cold }) => cold);
}

/** Whether the variant has functions at all that ran lately, and so sandboxes that can be ended. */
export function hasSandboxes({ local }: ComparedTarget): boolean {
  const processes = local?.shop.cloud.processes() ?? [];
  return processes.some(({ kind, stack }) => kind === 'function' && !stack.endsWith('-provider'));
}
