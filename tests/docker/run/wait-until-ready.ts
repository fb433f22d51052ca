import { CONTEXT_NAMES } from '@triptych/context-map';
import { eventually } from '../../conformance/support/eventually.ts';

const TIMEOUT_MS = 3 * 60_000;
const RESPONSE_TIMEOUT_MS = 35_000;

/**
 * Waits until every context of a variant reports at its URL that it is ready. A healthy container must still pass the load
 * balancer's checks, and a function has not started yet.
 * @throws Error that names the contexts that are not ready after 3 min
 */
export async function waitUntilReady(baseUrl: string): Promise<void> {
  await eventually(
    async () => {
      const asked = await Promise.all(CONTEXT_NAMES.map((name) => isReady(`${baseUrl}/${name}`)));
      return CONTEXT_NAMES.filter((_, index) => !asked[index]);
    },
    (waitingFor) => waitingFor.length === 0,
    TIMEOUT_MS,
  );
}

async function isReady(context: string): Promise<boolean> {
  const signal = AbortSignal.timeout(RESPONSE_TIMEOUT_MS);
  const answer = await fetch(`${context}/health/ready`, { signal }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}
