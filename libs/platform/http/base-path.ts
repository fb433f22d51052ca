import type { FastifyInstance } from 'fastify';

/**
 * Prepends the base URL's path to `Location` headers that begin with a slash. Behind a REST API, public paths begin
 * with the stage, which the service does not see.
 */
export function prefixLocations(app: FastifyInstance, baseUrl: string | undefined): void {
  const path = baseUrl === undefined ? '' : new URL(baseUrl).pathname.replace(/\/$/, '');
  if (path === '') return;
  app.addHook('onSend', async (_request, reply) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string' && /^\/(?!\/)/.test(location)) {
      reply.header('location', path + location);
    }
  });
}
