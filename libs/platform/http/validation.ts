import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { AppError } from '../errors/index.ts';
import { coerceStrings, withDefaults } from './coercion.ts';
import { faultsOf } from './field-faults.ts';

const PART_NAMES: Record<string, string> = {
  body: 'The request body',
  querystring: 'The query string',
  params: 'The path',
  headers: 'The headers',
};

/**
 * Checks each part of a request with the schema's own library, compiled on the first request that needs it: a function
 * that starts cold pays for one route, not for all. Only the parts that arrive as text are coerced, and nothing is
 * removed: an unknown field is an error where the schema says so.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({
  schema,
  httpPart = 'body',
}) => {
  let validator: ReturnType<typeof Compile> | undefined;
  return (value: unknown) => {
    validator ??= Compile(schema);
    const input = withDefaults(schema, httpPart === 'body' ? value : coerceStrings(schema, value));
    if (validator.Check(input)) return { value: input };
    const [, errors] = validator.Errors(input);
    const detail = `${PART_NAMES[httpPart] ?? 'The request'} is not valid.`;
    return {
      error: new AppError('validation', 'validation', detail, { fields: faultsOf(errors) }),
    };
  };
};

/** Answers are typed by their schema at compile time, and written as they are. */
export const serializerCompiler = () => (data: unknown) => JSON.stringify(data);
