import fc from 'fast-check';
import type { JsonSchema, Route } from '../../conformance/support/openapi.ts';
import { hostileTexts, hostileValues } from './hostile.ts';

/** A request that more or less follows the document of a route. */
export interface Attempt {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly raw?: string;
  readonly caller: 'nobody' | 'customer' | 'admin';
}

const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const value = fc.oneof(fc.constantFrom(...hostileValues), text, fc.jsonValue({ maxDepth: 3 }));

/** A value for the schema; sometimes a hostile value instead of it or inside it. */
export function fromSchema(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  const wanted = wantedBy(schema, depth);
  return fc.oneof({ arbitrary: wanted, weight: 6 }, { arbitrary: value, weight: 1 });
}

function wantedBy(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return value;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => fromSchema(choice, depth + 1)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, depth);
    case 'array':
      return fc.array(fromSchema((schema.items ?? {}) as JsonSchema, depth + 1), { maxLength: 3 });
    case 'integer':
    case 'number':
      return fc.integer({ min: 0, max: 1000 });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.oneof(fc.stringMatching(/^[a-z0-9]{1,12}$/), text);
    default:
      return value;
  }
}

function objectOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, fromSchema(field, depth + 1)]),
  );
  const extra = fc.option(fc.tuple(text, value), { freq: 8, nil: undefined });
  return fc
    .tuple(fc.record(fields, { requiredKeys: [] }), fc.record(fields), fc.boolean(), extra)
    .map(([some, all, whole, more]) => {
      const object = whole ? all : some;
      return more ? { ...object, [more[0]]: more[1] } : object;
    });
}

/** Header values that an HTTP client sends. */
const headerText = text.map((one) =>
  one.replaceAll(/[^\u0020-\u007e\u0080-\u00ff]/g, '~').slice(0, 300),
);
const headerNames = [
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-request-id',
  'traceparent',
  'x-forwarded-for',
  'x-http-method-override',
  'accept',
  'accept-encoding',
  'origin',
  'stripe-signature',
  'range',
];

/** Requests to a route: ids, query, headers and body from its document, some of them hostile. */
export function attempts({ path, method, operation }: Route): fc.Arbitrary<Attempt> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const ids = fc.array(fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), text), {
    minLength: names.length,
    maxLength: names.length,
  });
  const queryNames = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => name);
  const query = fc.dictionary(fc.constantFrom(...queryNames, 'unknown', '__proto__'), text, {
    maxKeys: 3,
    noNullPrototype: true,
  });
  const headers = fc.dictionary(fc.constantFrom(...headerNames), headerText, { maxKeys: 4 });
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema ?? {};
  const json = fromSchema(schema).map((body) => JSON.stringify(body) ?? 'null');
  const body =
    method === 'GET' ? fc.constant(undefined) : fc.oneof({ arbitrary: json, weight: 8 }, text);
  const caller = fc.constantFrom('nobody' as const, 'customer' as const, 'admin' as const);
  return fc.record({ ids, query, headers, body, caller }).map((parts) => ({
    path: withQuery(filledWith(path, parts.ids), parts.query),
    headers: { 'idempotency-key': 'key-1', 'if-match': '"1"', ...parts.headers },
    caller: parts.caller,
    ...(parts.body === undefined ? {} : { raw: parts.body.toWellFormed() }),
  }));
}

function filledWith(path: string, ids: string[]): string {
  let next = 0;
  return path.replaceAll(/\{[^}]+\}/g, () =>
    encodeURIComponent((ids[next++] ?? '').toWellFormed()),
  );
}

function withQuery(path: string, query: Record<string, string>): string {
  const entries = Object.entries(query).map(([name, one]) => [name, one.toWellFormed()] as const);
  return entries.length === 0
    ? path
    : `${path}?${new URLSearchParams(Object.fromEntries(entries))}`;
}
