import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import Fastify, { type RouteOptions } from 'fastify';
import type { TObject } from 'typebox';
import { requiredRole } from '../tokens/required-role.ts';
import type { Body, OpenApiDocument, Operation } from './docs/openapi-types.ts';
import { errorCodes, errorResponse, PROBLEM_SCHEMA } from './openapi-errors.ts';

/** What a document describes. */
export interface DocumentOptions {
  readonly service: string;
  /** The service's name for people. */
  readonly title: string;
  /** The variant's public base URL. Without it, the document's server is relative to the document's own address. */
  readonly baseUrl: string | undefined;
}

const DESCRIPTION = `All services of the shop share one server and one kind of access token. Send the \`accessToken\` of
\`POST /auth/login\` (in /auth/openapi.json) as a bearer token. Amounts are integers in the smallest unit of the currency.

Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. Any route may also respond with 405
\`method-not-allowed\`, 408 \`request-timeout\` or 431 \`headers-too-large\`. A gateway, load balancer or CDN in front of
the service may respond with 413, 429, 502, 503 or 504 and a body of its own. Retry 429, 502, 503 and 504 with backoff;
\`Idempotency-Key\` makes this safe for orders and refunds.`;

const ACCESS_TOKEN = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'The `accessToken` of `POST /auth/login` or `POST /auth/refresh`.',
} as const;

/** The routes' own facts pass through the generator as extensions of each operation. */
interface Draft extends Operation {
  responses: Record<string, Body>;
  'x-errors'?: Record<string, string[]>;
  'x-responses'?: Readonly<Record<string, object>>;
}

/** Generates an OpenAPI 3.1 document from the routes' own schemas. */
export async function openApiDocument(
  { title, service, baseUrl }: DocumentOptions,
  routes: readonly RouteOptions[],
): Promise<OpenApiDocument> {
  // This instance never handles requests, so it needs no validator or serializer.
  const compilersFactory = {
    buildValidator: (() => () => () => true) as never,
    buildSerializer: () => () => () => '',
  };
  const mirror = Fastify({ exposeHeadRoutes: false, schemaController: { compilersFactory } });
  await mirror.register(swagger, {
    // The base URL of a REST API ends with the stage, which our paths do not contain.
    stripBasePath: false,
    openapi: {
      openapi: '3.1.0',
      info: { title, version: '1', description: DESCRIPTION },
      servers: [{ url: baseUrl ?? '..' }],
      components: {
        securitySchemes: { accessToken: ACCESS_TOKEN },
        schemas: { Problem: PROBLEM_SCHEMA as object },
      },
    },
  });
  for (const route of routes) mirrorRoute(mirror, route, service);
  await mirror.ready();
  const document = mirror.swagger() as unknown as OpenApiDocument;
  for (const operations of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(operations)) finish(operation as Draft);
  }
  return document;
}

function mirrorRoute(
  mirror: ReturnType<typeof Fastify>,
  route: RouteOptions,
  service: string,
): void {
  const { method, url, schema = {}, onRequest, preHandler } = route;
  const methods = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
  if (methods.length === 0) return;
  const role = requiredRole([onRequest, preHandler].flat());
  const { documented = {}, ...own } = schema;
  const headers = mergedHeaders(own.headers, documented.headers);
  const mirrored = {
    // Without any response, the generator would add one of its own.
    ...{ tags: [service], response: documented.responses && {}, ...own },
    ...(headers && { headers }),
    ...(role && { security: [{ accessToken: role === 'admin' ? ['admin'] : [] }] }),
    'x-errors': errorCodes(route, role),
    'x-responses': documented.responses ?? {},
  };
  mirror.route({ method: methods, url, schema: mirrored, handler: async () => undefined });
}

function mergedHeaders(validated: unknown, documented: unknown): object | undefined {
  const parts = [validated, documented].flatMap((part) => (part ? [part as TObject] : []));
  if (parts.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  };
}

/** Replaces the generator's placeholders, and adds the route's own responses and its errors. */
function finish(operation: Draft): void {
  const { 'x-errors': errors = {}, 'x-responses': own = {}, responses } = operation;
  delete operation['x-errors'];
  delete operation['x-responses'];
  for (const [status, response] of Object.entries(responses)) {
    if (response.description !== PLACEHOLDER) continue;
    responses[status] = { ...response, description: STATUS_CODES[status] ?? 'Response' };
  }
  for (const [status, response] of Object.entries(own)) {
    const description = STATUS_CODES[status] ?? 'Response';
    responses[status] = { description, ...responses[status], ...response };
  }
  for (const [status, codes] of Object.entries(errors)) {
    responses[status] = errorResponse(status, codes);
  }
}

const PLACEHOLDER = 'Default Response';
