import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { CommonConfig, TelemetryConfig } from '../config/index.ts';
import { startProcessTelemetry } from '../telemetry/process-telemetry.ts';
import { decorateCaller } from '../tokens/caller.ts';
import { type Admits, rejectStrangers } from './admission.ts';
import { prefixLocations } from './base-path.ts';
import { allowAllOrigins } from './cors.ts';
import { handleClientError, sendFrameworkError, sendProblem } from './error-responses.ts';
import { addHealth, type ReadinessCheck } from './health.ts';
import { addOpenApi } from './openapi.ts';
import { rejectWhenOverloaded } from './overload.ts';
import { parseJsonBodies } from './request-bodies.ts';
import { requestIdOf, traceRequests } from './request-trace.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { collectPaths, rejectUnroutedRequests } from './unrouted-requests.ts';
import { serializerCompiler, validatorCompiler } from './validation.ts';

/** A context's routes: a Fastify plugin whose TypeBox schemas provide validation, types and OpenAPI. */
export type HttpPlugin = FastifyPluginAsyncTypebox;

export interface AppOptions {
  readonly config: TelemetryConfig &
    Pick<CommonConfig, 'TRUSTED_PROXIES'> &
    Partial<Pick<CommonConfig, 'BASE_URL'>>;
  /** The service's name in its OpenAPI document. */
  readonly title: string;
  readonly plugin: HttpPlugin;
  /** Each resolves when what it checks is usable. A rejection makes the readiness check respond with 503. */
  readonly ready?: readonly ReadinessCheck[];
  /** Respond with 503 when the event loop is delayed. For containers only. */
  readonly pressure?: boolean;
  /** Which requests are answered. By default all. */
  readonly admits?: Admits;
}

/** The largest JSON body of a request. */
export const BODY_LIMIT_BYTES = 64 * 1024;
/** Time to receive a request. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Time to handle a request. A route can set its own `handlerTimeout`. */
const HANDLER_TIMEOUT_MS = 10_000;

/**
 * Builds the service's HTTP application. It does not listen; containers do that themselves, and functions never listen.
 * @throws Error when two routes collide or a plugin cannot be loaded
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, title, plugin } = options;
  startProcessTelemetry(config);
  // Loaded here because a worker function shares the bundle and does not need Fastify.
  const { default: Fastify } = await import('fastify');
  const app = Fastify(serverOptions(config));
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendProblem);
  app.decorateRequest('span', null);
  decorateCaller(app);
  parseJsonBodies(app);
  if (options.admits) rejectStrangers(app, options.admits);
  const paths = collectPaths(app);
  addHealth(app, config.SERVICE_NAME, options.ready ?? []);
  // A separate scope, so that these hooks do not apply to the health routes.
  await app.register(async (scope) => {
    traceRequests(scope);
    addSecurityHeaders(scope);
    prefixLocations(scope, config.BASE_URL);
    await allowAllOrigins(scope);
    // After the headers of every response, so that a page can read this rejection too.
    if (options.pressure) await rejectWhenOverloaded(scope);
    rejectUnroutedRequests(scope, paths);
    scope.addHook('onRoute', (route) => {
      route.handlerTimeout ??= HANDLER_TIMEOUT_MS;
    });
    addOpenApi(scope, { service: config.SERVICE_NAME, title, baseUrl: config.BASE_URL });
    await scope.register(plugin);
  });
  return app;
}

function serverOptions(config: AppOptions['config']): FastifyServerOptions {
  return {
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: trustedHops(config.TRUSTED_PROXIES),
    genReqId: (request) => requestIdOf(request.headers),
    // Otherwise Fastify loads its default validator and serializer, which nothing uses.
    schemaController: {
      compilersFactory: {
        buildValidator: (() => validatorCompiler) as never,
        buildSerializer: () => serializerCompiler,
      },
    },
    frameworkErrors: sendFrameworkError,
    clientErrorHandler: handleClientError,
    // Requests that arrive during shutdown are still handled. The load balancer stops sending them after the failed
    // readiness check.
    return503OnClosing: false,
  };
}

/** The client is the N-th entry of X-Forwarded-For from the right. Entries further left can be forged. */
function trustedHops(count: number): false | ((address: string, hop: number) => boolean) {
  return count > 0 && ((_address, hop) => hop < count);
}
