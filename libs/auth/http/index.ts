/** Auth over HTTP: one Fastify plugin and its schemas. */
export { authRoutes } from './auth-routes.ts';
