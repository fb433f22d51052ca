import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@triptych/base/user-error';
import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';

const REQUEST_TIMEOUT_MS = 35_000;

/** The answer of one service, or why there is none. */
export interface Health {
  readonly service: ContextName;
  readonly healthy: boolean;
  readonly detail: string;
  readonly ms: number;
}

/** Asks each service through the edge whether it is ready. */
export function askHealth(
  baseUrl: string,
  call: typeof fetch = fetch,
  services: readonly ContextName[] = CONTEXT_NAMES,
): Promise<Health[]> {
  return Promise.all(
    services.map(async (service): Promise<Health> => {
      const since = performance.now();
      const ms = () => Math.round(performance.now() - since);
      try {
        const response = await call(`${baseUrl}/${service}/health/ready`, {
          signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        });
        await response.arrayBuffer();
        return { service, healthy: response.ok, detail: `HTTP ${response.status}`, ms: ms() };
      } catch (error) {
        const { cause, message } = error as Error & { cause?: Error };
        return { service, healthy: false, detail: cause?.message ?? message, ms: ms() };
      }
    }),
  );
}

/**
 * Waits until every service answers through the edge. A new name of a CDN or a load balancer resolves after a while.
 * @throws UserError that names the services that are not ready, after the given number of attempts
 */
export async function waitUntilHealthy(
  baseUrl: string,
  options: {
    readonly call?: typeof fetch;
    readonly services?: readonly ContextName[];
    readonly attempts?: number;
    readonly pauseMs?: number;
  } = {},
): Promise<Health[]> {
  const { call = fetch, services = CONTEXT_NAMES, attempts = 90, pauseMs = 5_000 } = options;
  for (let attempt = 1; ; attempt += 1) {
    const found = await askHealth(baseUrl, call, services);
    if (found.every(({ healthy }) => healthy)) return found;
    if (attempt === attempts) {
      const not = found.filter(({ healthy }) => !healthy);
      const names = not.map(({ service, detail }) => `${service} (${detail})`).join(', ');
      throw new UserError(
        `Not ready at ${baseUrl} after ${attempts} attempts: ${names}. The stacks are deployed; \`npm run status\` and the log groups show what the services do.`,
      );
    }
    await sleep(pauseMs);
  }
}
