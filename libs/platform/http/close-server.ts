import type { FastifyInstance } from 'fastify';

const REAP_INTERVAL_MS = 100;

/** Finishes running requests. Closes idle keep-alive connections, which would otherwise stay until the client closes them. */
export async function closeServer(app: FastifyInstance): Promise<void> {
  const reaper = setInterval(() => app.server.closeIdleConnections(), REAP_INTERVAL_MS);
  await app.close().finally(() => clearInterval(reaper));
}
