import type { FastifyInstance } from 'fastify';
import { currentLogger } from '../telemetry/process-telemetry.ts';

/** Longest a readiness check may take; load balancers give up soon after. */
const READY_TIMEOUT_MS = 2_000;

declare module 'fastify' {
  interface FastifyInstance {
    /** Once `stopping` is true the service asks for no more requests, though it still answers those that come. */
    readiness: { stopping: boolean };
  }
}

/**
 * Live: the process answers. Ready: it also reaches what it needs. They stand outside the other hooks, so that a check
 * costs next to nothing, is never refused for overload, and leaves no line in the log.
 */
export function addHealth(app: FastifyInstance, service: string, ready: () => Promise<void>): void {
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

async function check(ready: () => Promise<void>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('readiness check timed out')), READY_TIMEOUT_MS);
  });
  try {
    await Promise.race([ready(), late]);
    return undefined;
  } catch (err) {
    currentLogger().warn({ err }, 'not ready');
    return 'dependency-unavailable';
  } finally {
    clearTimeout(timer);
  }
}
