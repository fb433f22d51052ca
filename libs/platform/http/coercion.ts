import type { TSchema } from 'typebox';

type Field = TSchema & { type?: string; default?: unknown; items?: TSchema };

function propertiesOf(schema: TSchema): [string, Field][] {
  const { properties } = schema as { properties?: Record<string, Field> };
  return properties ? Object.entries(properties) : [];
}

/** Turns the texts of a query string or a path into the numbers, booleans and lists that `schema` asks for. */
export function coerceStrings(schema: TSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Record<string, unknown>;
  const changed: Record<string, unknown> = {};
  for (const [name, field] of propertiesOf(schema)) {
    const before = given[name];
    if (before === undefined) continue;
    const after = coerceOne(field, before);
    if (after !== before) changed[name] = after;
  }
  return Object.keys(changed).length === 0 ? value : { ...given, ...changed };
}

function coerceOne(field: Field, value: unknown): unknown {
  if (field.type === 'array') {
    const list = Array.isArray(value) ? value : [value];
    return field.items ? list.map((item) => coerceOne(field.items as Field, item)) : list;
  }
  if (typeof value !== 'string') return value;
  if (field.type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (field.type === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return Number(value);
  if (field.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** Fills in the defaults of absent top-level fields; `value` itself is left alone. */
export function withDefaults(schema: TSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const missing = propertiesOf(schema).filter(
    ([name, field]) =>
      field.default !== undefined && (value as Record<string, unknown>)[name] === undefined,
  );
  if (missing.length === 0) return value;
  return { ...value, ...Object.fromEntries(missing.map(([name, field]) => [name, field.default])) };
}
