import type { TSchema } from 'typebox';

/** Facts about a route for its OpenAPI document only. They validate nothing. */
export interface DocumentedRoute {
  /** The codes of the route's own errors, by status. The document adds those of every route of its kind. */
  readonly errors?: Readonly<Record<number, readonly string[]>>;
  /** An object schema of headers that the use case checks, with error codes of its own. */
  readonly headers?: TSchema;
  /** Response Objects (OpenAPI 3.1) of responses that are not JSON, or additions to those that are, by status. */
  readonly responses?: Readonly<Record<number, object>>;
}

declare module 'fastify' {
  interface FastifySchema {
    documented?: DocumentedRoute;
  }
}
