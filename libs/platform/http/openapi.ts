import type { FastifyInstance, RouteOptions } from 'fastify';
import type { DocumentOptions } from './openapi-document.ts';

/**
 * Serves the service's OpenAPI document, as JSON and as an HTML page. It is generated on the first request, because the
 * generator takes longer to load than a function takes to start.
 */
export function addOpenApi(app: FastifyInstance, options: DocumentOptions): void {
  const { service } = options;
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  const jsonPath = `/${service}/openapi.json`;
  let generated: ReturnType<typeof generate> | undefined;

  async function generate() {
    const { openApiDocument } = await import('./openapi-document.ts');
    const document = await openApiDocument(options, routes);
    return { document, json: JSON.stringify(document) };
  }
  function once() {
    generated ??= generate();
    return generated;
  }

  app.get(jsonPath, { schema: { hide: true } }, async (_request, reply) => {
    const { json } = await once();
    return reply.header('content-type', 'application/json; charset=utf-8').send(json);
  });
  app.get(`/${service}/docs`, { schema: { hide: true } }, async (_request, reply) => {
    const [{ document }, { docsPage, DOCS_POLICY }] = await Promise.all([
      once(),
      import('./docs/docs-page.ts'),
    ]);
    return (
      reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('content-security-policy', DOCS_POLICY)
        // A relative link, because behind a REST API the path begins with the stage.
        .send(docsPage(document, 'openapi.json'))
    );
  });
}
