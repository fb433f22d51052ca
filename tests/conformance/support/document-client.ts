import { isRepeatable, untilAnswered } from '@triptych/base/until-answered';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { Compile } from 'typebox/schema';
import { expect } from 'vitest';
import { HANG_MS } from './hang.ts';
import { document, type JsonSchema, type Operation } from './openapi.ts';
import { target } from './target.ts';

/** Values for a request. Names are those of the document; parameters of all places share one object. */
interface Values {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly accessToken?: string;
}

export interface Response<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface Described {
  readonly server: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/**
 * A client made of the OpenAPI documents alone: it knows no path, header or content type of the shop. It sends only what
 * the document of an operation describes, and fails if a response is not as described.
 */
export async function documentClient() {
  const operations = new Map<string, Described>();
  for (const context of CONTEXT_NAMES) {
    const { servers = [], paths } = await document(context);
    const at = `${target.baseUrl}/${context}/openapi.json`;
    const server = new URL(servers[0]?.url ?? '/', at).href.replace(/\/$/, '');
    for (const [path, byMethod] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(byMethod)) {
        const { operationId = '' } = operation;
        expect(operations.has(operationId), `operationId of ${method} ${path}`).toBe(false);
        operations.set(operationId, { server, method: method.toUpperCase(), path, operation });
      }
    }
  }
  return {
    operationIds: [...operations.keys()],
    async call<T>(operationId: string, values: Values = {}): Promise<Response<T>> {
      const described = operations.get(operationId);
      if (!described) throw new Error(`No document describes ${operationId}.`);
      const once = () => send(described, values);
      const repeatable = isRepeatable(described.method, values.parameters ?? {});
      return checked<T>(described.operation, await (repeatable ? untilAnswered(once) : once()));
    },
  };
}

function send({ server, method, path, operation }: Described, values: Values) {
  const { parameters = {}, body, accessToken } = values;
  const declared = operation.parameters ?? [];
  const unknown = Object.keys(parameters).filter(
    (key) => !declared.some((one) => one.name === key),
  );
  expect(unknown, 'undocumented parameters').toEqual([]);
  const headers = new Headers();
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: where, required = false, schema = {} } of declared) {
    const value = parameters[name];
    if (value === undefined) {
      expect(required && schema.default === undefined, `${name} is required`).toBe(false);
      continue;
    }
    if (where === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    else if (where === 'query') query.set(name, value);
    else headers.set(name, value);
  }
  if (operation.security) headers.set('authorization', `Bearer ${accessToken}`);
  const [contentType] = Object.keys(operation.requestBody?.content ?? {});
  expect(contentType !== undefined, 'takes a body').toBe(body !== undefined);
  if (contentType) {
    expectValid(operation.requestBody?.content[contentType]?.schema, body);
    headers.set('content-type', contentType);
  }
  return fetch(`${server}${filled}${query.size > 0 ? `?${query}` : ''}`, {
    method,
    headers,
    ...(contentType ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(HANG_MS),
  });
}

async function checked<T>(
  { responses = {} }: Operation,
  response: globalThis.Response,
): Promise<Response<T>> {
  const { status, headers } = response;
  const described = responses[status];
  expect(Object.keys(responses)).toContain(String(status));
  const type = headers.get('content-type')?.split(';', 1)[0] ?? '';
  const content = described?.content ?? {};
  if (Object.keys(content).length > 0) expect(Object.keys(content)).toContain(type);
  const isJson = type.endsWith('json');
  const body = isJson ? await response.json() : Buffer.from(await response.arrayBuffer());
  if (type === 'application/json') expectValid(content[type]?.schema, body);
  return { status, headers, body: body as T };
}

/** Expects a value to satisfy its schema, and the schema to say something. */
function expectValid(schema: JsonSchema | undefined, value: unknown): void {
  expect(schema, JSON.stringify(value)).toHaveProperty('type');
  const [, errors] = Compile(schema as JsonSchema).Errors(value);
  expect(errors, JSON.stringify(value)).toEqual([]);
}
