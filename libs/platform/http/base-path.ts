import type { FastifyInstance } from 'fastify';

/**
 * Puts the path of the variant's own address before `Location` headers that begin with a slash: behind a REST API a path
 * begins with its stage, which the service itself does not see.
 */
export function keepBasePath(app: FastifyInstance, baseUrl: string | undefined): void {
  const path = baseUrl === undefined ? '' : new URL(baseUrl).pathname.replace(/\/$/, '');
  if (path === '') return;
  app.addHook('onSend', async (_request, reply) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string' && /^\/(?!\/)/.test(location)) {
      reply.header('location', path + location);
    }
  });
}
