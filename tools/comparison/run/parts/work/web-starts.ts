import { CONTEXT_NAMES } from '@triptych/context-map';
import { ShopConnection } from '../../../workloads/index.ts';
import type { ComparedTarget, LocalShop } from '../../part.ts';
import { processesOf, processorMs } from '../processes/process-use.ts';

const TIMES = 3;
const TIMEOUT_MS = 15_000;

/**
 * Starts an environment of each Web Function several times.
 * @returns the CPU time of each start in milliseconds, by service; nothing for a target without Web Functions
 */
export async function webStarts(
  { http, baseUrl }: ComparedTarget,
  local: LocalShop,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const starts = new Map<string, number[]>();
  if (http !== 'web-functions') return starts;
  const shop = new ShopConnection(baseUrl);
  try {
    for (let time = 0; time < TIMES && !signal.aborted; time += 1) {
      await local.makeCold();
      for (const service of CONTEXT_NAMES) {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
        const path = `/${service}/health/live`;
        const { status } = await shop.ask({ method: 'GET', path, signal: limit });
        const own = processesOf(local).find(
          (one) => one.kind === 'web function' && one.service === service,
        );
        const ms = own && status === 200 ? processorMs(own.pid) : undefined;
        if (ms !== undefined) starts.set(service, [...(starts.get(service) ?? []), ms]);
      }
    }
  } finally {
    shop.close();
  }
  return starts;
}
