/** The catalog over HTTP, as one Fastify plugin. */
export { catalogRoutes } from './catalog-routes.ts';
