import { setTimeout as sleep } from 'node:timers/promises';
import type { ComparedTarget } from '../../part.ts';

/** Log lines arrive through a pipe, slightly after the answer. */
const LOG_DELAY_MS = 250;
const POLL_MS = 10;
const ORDER_ROUTE = 'POST /payments/orders';

/** Waits until the local cloud has read the log lines of all requests so far. */
export const logsArrived = (): Promise<unknown> => sleep(LOG_DELAY_MS);

/** Waits until the local cloud has read a span of the request, for at most `LOG_DELAY_MS`, because a CDN writes none. */
export async function spanArrived({ local }: ComparedTarget, traceId: string): Promise<void> {
  const until = performance.now() + LOG_DELAY_MS;
  while (local?.shop.logs.spans(traceId).length === 0 && performance.now() < until) {
    await sleep(POLL_MS);
  }
}

/**
 * Whether a process was started for a trace, according to its spans. `request` considers the process that answered, `all` also
 * the work after the answer. If a CDN answered and no process of the shop saw the request, nothing was cold.
 * @param sinceMs start of a single request after ending every sandbox, in epoch milliseconds. A CDN does not forward the trace,
 * so without spans the request was cold if a sandbox has started since then
 * @returns undefined for a target whose logs are not available
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
    return processes.some(({ kind, startedAt }) => kind !== 'container' && startedAt >= sinceMs);
  }
  const answered = spans.find(({ name }) => name === ORDER_ROUTE);
  if (what === 'request' && answered) return answered.cold;
  return spans.some(({ cold }) => cold);
}

/** Whether the variant currently has sandboxes or environments that can be ended. */
export function hasSandboxes({ local }: ComparedTarget): boolean {
  const processes = local?.shop.cloud.processes() ?? [];
  return processes.some(({ kind, stack }) => kind !== 'container' && !stack.endsWith('-provider'));
}
