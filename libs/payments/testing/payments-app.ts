import { buildApp } from '@triptych/platform/http';
import { paymentsRoutes } from '../http/index.ts';

/** Payments' HTTP application with test settings. */
export function paymentsApp(options: Parameters<typeof paymentsRoutes>[0]) {
  return buildApp({
    config: {
      SERVICE_NAME: 'payments',
      VARIANT: 'microservices',
      LOG_LEVEL: 'error',
      TRUSTED_PROXIES: 0,
    },
    title: 'Payments',
    plugin: paymentsRoutes(options),
  });
}
