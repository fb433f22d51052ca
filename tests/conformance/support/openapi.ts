import { CONTEXT_NAMES } from '@triptych/context-map';
import { expect } from 'vitest';
import { call } from './http.ts';

/** The parts of an OpenAPI 3 document that the suites use. */
export interface OpenApi {
  openapi: string;
  info: { title: string; version: string };
  servers?: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}
export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: JsonSchema;
  }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses?: Record<string, ResponseObject>;
}
export interface ResponseObject {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema?: JsonSchema }>;
}
export type JsonSchema = Record<string, unknown>;

/** One operation from the deployment's OpenAPI documents. */
export interface Route {
  context: string;
  method: string;
  /** With its parameters in braces, as in the document. */
  path: string;
  operation: Operation;
}

export async function document(context: string): Promise<OpenApi> {
  const answer = await call<OpenApi>('GET', `/${context}/openapi.json`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

/** Every documented operation of the deployment. */
export async function documentedRoutes(): Promise<Route[]> {
  const routes = await Promise.all(
    CONTEXT_NAMES.map(async (context) =>
      Object.entries((await document(context)).paths).flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, operation]) => ({
          context,
          method: method.toUpperCase(),
          path,
          operation,
        })),
      ),
    ),
  );
  return routes.flat();
}

/** A pattern for the request paths of a documented path. */
export const patternOf = (path: string) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

/** The error codes that an operation documents for a status. */
export function documentedCodes({ responses }: Operation, status: number): unknown[] {
  const schema = responses?.[status]?.content?.['application/problem+json']?.schema;
  const { code } = (schema?.properties ?? {}) as { code?: { enum?: unknown[] } };
  return code?.enum ?? [];
}

/** Replaces each parameter of the path with a harmless value. */
export const filled = (path: string, value = 'none') => path.replaceAll(/\{[^}]+\}/g, value);
