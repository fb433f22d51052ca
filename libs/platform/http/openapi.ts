import type { FastifyInstance, RouteOptions } from 'fastify';

/**
 * Serves the service's OpenAPI document, and the same as a page for people. Both are made from the routes' own schemas
 * when somebody first asks: the generator takes longer to load than a function takes to start.
 */
export function addOpenApi(app: FastifyInstance, service: string, title: string): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  const jsonPath = `/${service}/openapi.json`;
  let made: ReturnType<typeof make> | undefined;

  async function make() {
    const { openApiDocument } = await import('./openapi-document.ts');
    const document = await openApiDocument(title, routes);
    return { document, json: JSON.stringify(document) };
  }
  function once() {
    made ??= make();
    return made;
  }

  app.get(jsonPath, { schema: { hide: true } }, async (_request, reply) => {
    const { json } = await once();
    return reply.header('content-type', 'application/json; charset=utf-8').send(json);
  });
  app.get(`/${service}/docs`, { schema: { hide: true } }, async (_request, reply) => {
    const [{ document }, { docsPage, docsPolicy }] = await Promise.all([
      once(),
      import('./docs/docs-page.ts'),
    ]);
    return (
      reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('content-security-policy', docsPolicy)
        // Beside this page, wherever that is: behind a REST API a path begins with its stage.
        .send(docsPage(document, 'openapi.json'))
    );
  });
}
