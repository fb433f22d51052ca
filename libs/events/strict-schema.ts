import type { TSchema } from 'typebox';

/**
 * The same schema, but no object in it may have a field that it does not name. What we publish must satisfy this one;
 * what we receive the open one, because a newer publisher may say more than we know.
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
