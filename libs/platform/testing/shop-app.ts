import type { FastifyInstance } from 'fastify';
import { type AppOptions, buildApp, type HttpPlugin } from '../http/index.ts';

/** An application with the given routes and default settings. */
export function shopApp(
  plugin: HttpPlugin,
  options: Partial<AppOptions> = {},
): Promise<FastifyInstance> {
  return buildApp({ config: shopConfig(), title: 'Catalog', plugin, ...options });
}

/** Settings of a catalog service. */
export function shopConfig(trustedProxies = 0): AppOptions['config'] {
  return {
    SERVICE_NAME: 'catalog',
    VARIANT: 'microservices',
    LOG_LEVEL: 'warn',
    TRUSTED_PROXIES: trustedProxies,
  };
}
