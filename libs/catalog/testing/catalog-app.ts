import { AppError } from '@triptych/platform/errors';
import { buildApp } from '@triptych/platform/http';
import type { Authenticate } from '@triptych/platform/tokens';
import { catalogRoutes } from '../http/index.ts';
import { inMemoryCatalog } from './in-memory-catalog.ts';

/** Tokens are verified by the platform; here the header says who calls. */
const auth: Authenticate = {
  customer: async () => {},
  admin: async (request) => {
    if (request.headers.authorization === 'admin') return;
    throw new AppError('forbidden', 'forbidden', 'Only an administrator may do this.');
  },
};
const config = {
  SERVICE_NAME: 'catalog',
  VARIANT: 'microservices',
  LOG_LEVEL: 'error',
  TRUSTED_PROXIES: 0,
} as const;

/** The catalog's HTTP interface with everything behind it in memory. */
export function catalogApp() {
  const { catalog } = inMemoryCatalog();
  return buildApp({ config, title: 'Catalog', plugin: catalogRoutes({ catalog, auth }) });
}

/** A body that creates a product. */
export const lamp = {
  id: 'lamp',
  name: 'Lamp',
  description: 'Gives light.',
  category: 'lamps',
  price: { amountCents: 1999, currency: 'usd' },
};
