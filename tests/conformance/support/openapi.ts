import { expect } from 'vitest';
import { call } from './http.ts';

export const contexts = ['auth', 'catalog', 'payments', 'images'] as const;

/** What the suites use of an OpenAPI 3 document. */
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

/** One operation of a deployment, as its own documents list them. */
export interface Route {
  context: string;
  method: string;
  /** With the parameters in braces, as in the document. */
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
    contexts.map(async (context) =>
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

/** The path with a harmless value for each of its parameters. */
export const filled = (path: string, value = 'none') => path.replaceAll(/\{[^}]+\}/g, value);
