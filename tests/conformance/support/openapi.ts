import { CONTEXT_NAMES } from '@triptych/context-map';
import { expect } from 'vitest';
import { call } from './http.ts';

/** The parts of an OpenAPI 3 document that the suites use. */
export interface OpenApi {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
}
export interface Operation {
  operationId?: string;
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses?: Record<string, unknown>;
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

/** Replaces each parameter of the path with a harmless value. */
export const filled = (path: string, value = 'none') => path.replaceAll(/\{[^}]+\}/g, value);
