import type { HttpPlugin } from '@triptych/platform/http';
import type { Authenticate } from '@triptych/platform/tokens';
import type { Catalog } from '../core/index.ts';
import { adminRoutes } from './admin-routes.ts';
import { shopRoutes } from './shop-routes.ts';

/** The catalog's HTTP interface: the public routes and those for administrators. */
export function catalogRoutes(options: { catalog: Catalog; auth: Authenticate }): HttpPlugin {
  const { catalog, auth } = options;
  return async (app) => {
    await app.register(shopRoutes(catalog));
    await app.register(adminRoutes(catalog, auth));
  };
}
