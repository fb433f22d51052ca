import { AppError } from '@triptych/platform/errors';
import { buildApp } from '@triptych/platform/http';
import type { Authenticate } from '@triptych/platform/tokens';
import { catalogRoutes } from '../http/index.ts';
import { inMemoryCatalog } from './in-memory-catalog.ts';

/** Stands in for token verification: the header `authorization: admin` makes an administrator. */
const auth: Authenticate = {
  customer: async () => {},
  admin: async (request) => {
    if (request.headers.authorization === 'admin') return;
    throw new AppError('forbidden', 'forbidden', 'Only an administrator may do this.');
  },
};
const CONFIG = {
  SERVICE_NAME: 'catalog',
  VARIANT: 'microservices',
  LOG_LEVEL: 'error',
  TRUSTED_PROXIES: 0,
} as const;

/** The catalog's HTTP interface on in-memory ports. */
export function catalogApp() {
  const { catalog } = inMemoryCatalog();
  return buildApp({ config: CONFIG, title: 'Catalog', plugin: catalogRoutes({ catalog, auth }) });
}

/** A request body that creates a product. */
export const lamp = {
  id: 'lamp',
  name: 'Lamp',
  description: 'Gives light.',
  category: 'lamps',
  price: { amountCents: 1999, currency: 'usd' },
};
