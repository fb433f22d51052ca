import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { AppError } from '../errors/index.ts';
import { lazySchema } from '../schema/lazy-schema.ts';
import { coerceStrings, withDefaults } from './coercion.ts';
import { fieldFaults } from './field-faults.ts';

const PART_NAMES: Record<string, string> = {
  body: 'The request body',
  querystring: 'The query string',
  params: 'The path',
  headers: 'The headers',
};

/**
 * Validates each part of a request with TypeBox. A schema is compiled on the first request that needs it, so that a
 * cold function compiles one route, not all. Query strings, paths and headers are coerced; bodies are not. Nothing is
 * removed: an unknown field is an error if the schema forbids it. See
 * docs/decisions/0006-typebox-validates-requests.md. A failed check rejects the request with AppError
 * `validation`/`validation`, whose `fields` list the faults.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({
  schema,
  httpPart = 'body',
}) => {
  const check = lazySchema(schema);
  return (value: unknown) => {
    const input = withDefaults(schema, httpPart === 'body' ? value : coerceStrings(schema, value));
    const errors = check(input);
    if (!errors) return { value: input };
    const detail = `${PART_NAMES[httpPart] ?? 'The request'} is not valid.`;
    return {
      error: new AppError('validation', 'validation', detail, { fields: fieldFaults(errors) }),
    };
  };
};

/** Writes responses as plain JSON. Their schemas are checked at compile time only. */
export const serializerCompiler = () => (data: unknown) => JSON.stringify(data);
