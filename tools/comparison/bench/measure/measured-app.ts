import { type Admits, buildApp } from '@triptych/platform/http';
import Fastify, { type FastifyInstance } from 'fastify';
import { Payload, payload } from './payload.ts';

export const measuredPath = '/catalog/measured';

const schema = { response: { 200: Payload } };

/** Fastify with the route and none of our plugins. */
export function plainFastify(): FastifyInstance {
  const app = Fastify();
  app.get(measuredPath, { schema }, async () => payload);
  return app;
}

/**
 * A service as built by its composition root, with one route that needs no data.
 * @param logLevel `info` is the deployed level and writes a line per request; `warn` omits that line
 * @param pressure whether to check for overload, as containers do and functions do not
 * @param admits which requests it answers (default: all)
 */
export function service(
  logLevel: 'info' | 'warn',
  pressure: boolean,
  admits?: Admits,
): Promise<FastifyInstance> {
  return buildApp({
    config: serviceConfig(logLevel),
    title: 'Measured',
    pressure,
    ...(admits && { admits }),
    plugin: async (app) => {
      app.get(measuredPath, { schema }, async () => payload);
    },
  });
}

export function serviceConfig(logLevel: 'info' | 'warn') {
  return {
    SERVICE_NAME: 'catalog',
    VARIANT: 'microservices',
    LOG_LEVEL: logLevel,
    TRUSTED_PROXIES: 1,
  } as const;
}
