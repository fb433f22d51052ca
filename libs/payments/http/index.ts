/** Payments over HTTP: one Fastify plugin and its schemas. */
export { paymentsRoutes } from './payments-routes.ts';
export { OrderSchema, PlaceOrderBody } from './schemas.ts';
