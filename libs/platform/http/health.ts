import type { FastifyInstance } from 'fastify';
import { currentLogger } from '../telemetry/process-telemetry.ts';

/** Time limit of a readiness check; shorter than the timeouts of load balancers. */
const READY_TIMEOUT_MS = 2_000;

export type ReadinessCheck = () => Promise<void>;

declare module 'fastify' {
  interface FastifyInstance {
    /** While `stopping` is true, the readiness check fails, but requests are still handled. */
    readiness: { stopping: boolean };
  }
}

/**
 * Adds the health routes. Live: the process responds. Ready: its dependencies are reachable too. The routes bypass the
 * other hooks, so a check is cheap, is never rejected for overload, and is not logged.
 */
export function addHealth(
  app: FastifyInstance,
  service: string,
  ready: readonly ReadinessCheck[],
): void {
  const readiness = { stopping: false };
  app.decorate('readiness', readiness);

  app.get(`/${service}/health/live`, (_request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8').send('{"status":"live"}');
  });

  app.get(`/${service}/health/ready`, async (_request, reply) => {
    const reason = readiness.stopping ? 'stopping' : await check(ready);
    reply.header('cache-control', 'no-store');
    return reason === undefined
      ? { status: 'ready' }
      : reply.code(503).send({ status: 'not-ready', reason });
  });
}

async function check(ready: readonly ReadinessCheck[]): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('readiness check timed out')), READY_TIMEOUT_MS);
  });
  try {
    await Promise.race([Promise.all(ready.map((usable) => usable())), late]);
    return undefined;
  } catch (err) {
    currentLogger().warn({ err }, 'not ready');
    return 'dependency-unavailable';
  } finally {
    clearTimeout(timer);
  }
}
