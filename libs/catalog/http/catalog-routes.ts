import type { HttpPlugin } from '@triptych/platform/http';
import type { Authenticate } from '@triptych/platform/tokens';
import type { Catalog } from '../core/index.ts';
import { adminRoutes } from './admin-routes.ts';
import { shopRoutes } from './shop-routes.ts';

/** The catalog's HTTP interface. */
export function catalogRoutes(parts: { catalog: Catalog; auth: Authenticate }): HttpPlugin {
  return async (app) => {
    await app.register(shopRoutes(parts.catalog));
    await app.register(adminRoutes(parts.catalog, parts.auth));
  };
}
