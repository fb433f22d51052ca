import swagger from '@fastify/swagger';
import Fastify, { type RouteOptions } from 'fastify';
import { Type } from 'typebox';
import { requiredRole } from '../tokens/required-role.ts';
import type { OpenApiDocument } from './docs/openapi-types.ts';

/** The error response of every route. */
const PROBLEM_SCHEMA = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable; clients may rely on it.' }),
    detail: Type.String({ description: 'One sentence for a person.' }),
    requestId: Type.String(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          path: Type.String({ description: 'The field at fault, as a JSON pointer.' }),
          message: Type.String(),
        }),
      ),
    ),
  },
  { description: 'Problem Details (RFC 9457)' },
);
const PROBLEM_RESPONSE = {
  description: 'Any error',
  content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
};

/** Generates an OpenAPI 3.1 document from the routes' own schemas. */
export async function openApiDocument(
  title: string,
  routes: readonly RouteOptions[],
): Promise<OpenApiDocument> {
  // This instance never handles requests, so it needs no validator or serializer.
  const compilersFactory = {
    buildValidator: (() => () => () => true) as never,
    buildSerializer: () => () => () => '',
  };
  const mirror = Fastify({ exposeHeadRoutes: false, schemaController: { compilersFactory } });
  await mirror.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version: '1' },
      components: { securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } } },
    },
  });
  for (const route of routes) mirrorRoute(mirror, route);
  await mirror.ready();
  return mirror.swagger() as unknown as OpenApiDocument;
}

function mirrorRoute(mirror: ReturnType<typeof Fastify>, route: RouteOptions): void {
  const { method, url, schema = {}, onRequest, preHandler } = route;
  const methods = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
  if (methods.length === 0) return;
  const role = requiredRole([onRequest, preHandler].flat());
  const security = role && [{ accessToken: role === 'admin' ? ['admin'] : [] }];
  const { response = {} } = schema as { response?: object };
  mirror.route({
    method: methods,
    url,
    schema: {
      ...schema,
      ...(security && { security }),
      response: { ...response, default: PROBLEM_RESPONSE },
    },
    handler: async () => undefined,
  });
}
