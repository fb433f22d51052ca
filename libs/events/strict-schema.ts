import type { TSchema } from 'typebox';

/**
 * The same schema with unknown fields forbidden in every object. Published events are checked against it. Received
 * events are checked against the open schema, because a newer publisher may add fields.
 */
export function strictSchema(schema: TSchema): TSchema {
  return close(schema) as TSchema;
}

function close(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(close);
  if (typeof part !== 'object' || part === null) return part;
  const closed = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, close(value)]),
  );
  return closed.type === 'object' ? { additionalProperties: false, ...closed } : closed;
}
