/** Payments over HTTP: one Fastify plugin and its schemas. */
export { paymentsRoutes } from './payments-routes.ts';
export { OrderSchema, PlaceOrderBody } from './schemas.ts';
export { MAX_EVENT_BYTES } from './webhook-route.ts';
