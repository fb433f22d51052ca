import { STATUS_CODES } from 'node:http';
import type { RouteOptions } from 'fastify';
import { Type } from 'typebox';
import type { Role } from '../tokens/required-role.ts';
import type { Body } from './docs/openapi-types.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { readsBody } from './request-bodies.ts';

/** The body of every error response; the component `Problem` of the document. */
export const PROBLEM_SCHEMA = Type.Object(
  {
    type: Type.String({ description: 'A URN that ends with the code.' }),
    title: Type.String({ description: 'The name of the status.' }),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable; clients may rely on it.' }),
    detail: Type.String({ description: 'One sentence for a person.' }),
    requestId: Type.String({ description: 'Quote it when you report the error.' }),
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

/** The codes of all errors of a route by status: its own, and those that the platform causes. */
export function errorCodes(route: RouteOptions, role: Role | undefined): Record<string, string[]> {
  const { url, schema = {} } = route;
  const { documented = {}, body, querystring, params, headers } = schema;
  const validated = [body, querystring, params, headers].some((part) => part !== undefined);
  const hasBody = readsBody(route);
  const codes: Record<string, string[]> = {
    400: [
      ...(validated ? ['validation'] : []),
      ...(hasBody ? ['malformed-json'] : []),
      ...(url.includes(':') ? ['bad-url'] : []),
      'bad-request',
    ],
    401: role ? ['invalid-token'] : [],
    403: role === 'admin' ? ['forbidden'] : [],
    413: hasBody ? ['body-too-large'] : [],
    415: hasBody ? ['unsupported-media-type'] : [],
    500: ['internal'],
    503: ['unavailable', 'timed-out', 'overloaded'],
  };
  for (const [status, own] of Object.entries(documented.errors ?? {})) {
    codes[status] = [...new Set([...own, ...(codes[status] ?? [])])];
  }
  return Object.fromEntries(Object.entries(codes).filter(([, list]) => list.length > 0));
}

/** The Response Object of an error status: a problem with one of these codes. */
export function errorResponse(status: string, codes: readonly string[]): Body {
  const headers = ERROR_HEADERS[status];
  return {
    description: STATUS_CODES[status] ?? 'Error',
    ...(headers && { headers }),
    content: {
      [PROBLEM_TYPE.split(';', 1)[0] as string]: {
        schema: {
          $ref: '#/components/schemas/Problem',
          properties: { code: { enum: codes } },
        },
      },
    },
  };
}

const RETRY_AFTER = {
  'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
};
const ERROR_HEADERS: Readonly<Record<string, object>> = {
  401: { 'www-authenticate': { schema: { const: 'Bearer' } } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};
