import type { TSchema } from 'typebox';

/** At most 15 digits, so that every value is a safe integer. */
const INTEGER = /^-?\d{1,15}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/;

type Field = TSchema & { type?: string; default?: unknown; items?: TSchema };

function propertiesOf(schema: TSchema): [string, Field][] {
  const { properties } = schema as { properties?: Record<string, Field> };
  return properties ? Object.entries(properties) : [];
}

/**
 * Converts the strings of a query string or a path to the numbers, booleans and arrays that `schema` requires. A string
 * without an exact decimal or boolean meaning is left as it is, so that validation rejects it.
 *
 * We do not use TypeBox's `Value.Convert`: it converts `""`, `" 7 "`, `"1e1"`, `"0x10"` and `"true"` to numbers,
 * truncates `"1.5"` to an integer, and converts `"1"` to true. Requests that are 400 today would be accepted (typebox
 * 1.4.3).
 */
export function coerceStrings(schema: TSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const original = value as Record<string, unknown>;
  const changed: Record<string, unknown> = {};
  for (const [name, field] of propertiesOf(schema)) {
    const before = original[name];
    if (before === undefined) continue;
    const after = coerceOne(field, before);
    if (after !== before) changed[name] = after;
  }
  return Object.keys(changed).length === 0 ? value : { ...original, ...changed };
}

function coerceOne(field: Field, value: unknown): unknown {
  if (field.type === 'array') {
    const list = Array.isArray(value) ? value : [value];
    return field.items ? list.map((item) => coerceOne(field.items as Field, item)) : list;
  }
  if (typeof value !== 'string') return value;
  if (field.type === 'integer' && INTEGER.test(value)) return Number(value);
  if (field.type === 'number' && DECIMAL.test(value)) return Number(value);
  if (field.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** Returns `value` with the defaults of absent top-level fields. Does not change `value` itself. */
export function withDefaults(schema: TSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const missing = propertiesOf(schema).filter(
    ([name, field]) =>
      field.default !== undefined && (value as Record<string, unknown>)[name] === undefined,
  );
  if (missing.length === 0) return value;
  return { ...value, ...Object.fromEntries(missing.map(([name, field]) => [name, field.default])) };
}
