import type { HttpPlugin } from '@triptych/platform/http';
import { controlRoutes } from '../control/control-routes.ts';
import type { StripeOptions } from '../stripe-api/endpoint.ts';
import { stripeRoutes } from '../stripe-api/stripe-routes.ts';

/** All routes of the simulator. Stripe's routes and the control routes differ in their error format. */
export function simulatorRoutes(options: StripeOptions): HttpPlugin {
  return async (app) => {
    await app.register(stripeRoutes(options));
    await app.register(controlRoutes(options));
  };
}
