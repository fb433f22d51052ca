import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { CommonConfig, TelemetryConfig } from '../config/index.ts';
import { startProcessTelemetry } from '../telemetry/process-telemetry.ts';
import { decorateCaller } from '../tokens/caller.ts';
import { keepBasePath } from './base-path.ts';
import { answerBrokenRequest, answerError, answerUnknownRoutes } from './error-answers.ts';
import { addHealth } from './health.ts';
import { takeJsonBodies } from './json-body.ts';
import { addOpenApi } from './openapi.ts';
import { refuseWhenOverloaded } from './overload.ts';
import { requestIdOf, traceRequests } from './request-trace.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { serializerCompiler, validatorCompiler } from './validation.ts';

/** A context's routes: a Fastify plugin whose TypeBox schemas are validation, types and OpenAPI at once. */
export type HttpPlugin = FastifyPluginAsyncTypebox;

export interface AppOptions {
  readonly config: TelemetryConfig &
    Pick<CommonConfig, 'TRUSTED_PROXIES'> &
    Partial<Pick<CommonConfig, 'BASE_URL'>>;
  /** The service's name in its OpenAPI document. */
  readonly title: string;
  readonly plugin: HttpPlugin;
  /** Resolves when the service reaches what it needs; its failure makes readiness 503. */
  readonly ready?: () => Promise<void>;
  /** Answer 503 when the event loop lags. Containers only. */
  readonly pressure?: boolean;
}

const BODY_LIMIT_BYTES = 64 * 1024;
/** To receive a request. */
const REQUEST_TIMEOUT_MS = 10_000;
/** To answer it; a route may set its own `handlerTimeout`. */
const HANDLER_TIMEOUT_MS = 10_000;

/** Builds the service's HTTP application. It does not listen: a container does that, and a function never does. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, title, plugin } = options;
  startProcessTelemetry(config);
  // Loaded here, not at the top: a worker function shares the bundle and never needs it.
  const { default: Fastify } = await import('fastify');
  const app = Fastify(serverOptions(config));
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.decorateRequest('span', null);
  decorateCaller(app);
  takeJsonBodies(app);
  addHealth(app, config.SERVICE_NAME, options.ready ?? (async () => {}));
  // A scope of its own, because hooks must not reach the health routes.
  await app.register(async (scope) => {
    traceRequests(scope);
    if (options.pressure) await refuseWhenOverloaded(scope);
    addSecurityHeaders(scope);
    keepBasePath(scope, config.BASE_URL);
    await allowOtherOrigins(scope);
    answerUnknownRoutes(scope);
    scope.addHook('onRoute', (route) => {
      route.handlerTimeout ??= HANDLER_TIMEOUT_MS;
    });
    addOpenApi(scope, config.SERVICE_NAME, title);
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
    // Otherwise the default validator and serializer are loaded, though nothing uses them.
    schemaController: {
      compilersFactory: {
        buildValidator: (() => validatorCompiler) as never,
        buildSerializer: () => serializerCompiler,
      },
    },
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    clientErrorHandler: answerBrokenRequest,
    // While closing, requests that still arrive are answered: readiness has already sent the load balancer away.
    return503OnClosing: false,
  };
}

/** The client is the N-th entry of X-Forwarded-For from the right; whatever stands further left, anybody may have written. */
function trustedHops(count: number): false | ((address: string, hop: number) => boolean) {
  return count > 0 && ((_address, hop) => hop < count);
}

/** Any origin may call: authority travels in a header that no browser adds by itself, and there are no cookies. */
async function allowOtherOrigins(app: FastifyInstance): Promise<void> {
  const { default: cors } = await import('@fastify/cors');
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'traceparent',
      'x-request-id',
    ],
    exposedHeaders: ['etag', 'location', 'retry-after', 'x-request-id'],
    maxAge: 7_200,
    strictPreflight: false,
  });
}
