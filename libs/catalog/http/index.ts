/** The catalog over HTTP: one Fastify plugin and its schemas. */
export { catalogRoutes } from './catalog-routes.ts';
