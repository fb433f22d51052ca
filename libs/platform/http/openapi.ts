import type { FastifyInstance, RouteOptions } from 'fastify';

/**
 * Serves the service's OpenAPI document. It is built from the routes' own schemas when somebody first asks for it: the
 * generator takes longer to load than a function takes to start.
 */
export function addOpenApi(app: FastifyInstance, service: string, title: string): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  let document: Promise<string> | undefined;
  app.get(`/${service}/openapi.json`, { schema: { hide: true } }, async (_request, reply) => {
    document ??= buildDocument(title, routes);
    return reply.header('content-type', 'application/json; charset=utf-8').send(await document);
  });
}

async function buildDocument(title: string, routes: readonly RouteOptions[]): Promise<string> {
  const [{ default: Fastify }, { default: swagger }] = await Promise.all([
    import('fastify'),
    import('@fastify/swagger'),
  ]);
  // It never answers a request, so it needs no validator and no serializer.
  const compilersFactory = {
    buildValidator: (() => () => () => true) as never,
    buildSerializer: () => () => () => '',
  };
  const mirror = Fastify({ exposeHeadRoutes: false, schemaController: { compilersFactory } });
  await mirror.register(swagger, { openapi: { openapi: '3.1.0', info: { title, version: '1' } } });
  for (const { method, url, schema } of routes) {
    const methods = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
    if (methods.length === 0) continue;
    mirror.route({
      method: methods,
      url,
      ...(schema ? { schema } : {}),
      handler: async () => undefined,
    });
  }
  await mirror.ready();
  return JSON.stringify(mirror.swagger());
}
