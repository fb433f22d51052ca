import { matchRoute } from '../http-api/routes.ts';
import type { Integration } from './integration.ts';

/** A path of the API with its methods. */
export interface Resource {
  readonly id: string;
  /** For example `/catalog/{proxy+}`. */
  readonly path: string;
  /** Integrations by HTTP method or `ANY`. */
  readonly methods: ReadonlyMap<string, Integration>;
}

export interface Match {
  readonly resource: Resource;
  readonly integration: Integration;
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** The methods of `ANY` (API Gateway Developer Guide, "Set up an HTTP method"). */
const ANY = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/**
 * Finds the integration of a request. Matches the raw path without trailing slashes. It selects
 * the most specific resource before the method, so a less specific resource is never a fallback.
 */
export function match(resources: readonly Resource[], method: string, path: string) {
  const routes = resources
    .filter(({ methods }) => methods.size > 0)
    .map((resource) => ({ routeKey: `ANY ${resource.path}`, functionName: '' }));
  const found = matchRoute(routes, method, path.replace(/\/+$/, '') || '/');
  const resource = resources.find((one) => `ANY ${one.path}` === found?.routeKey);
  if (!found || !resource) return undefined;
  const integration =
    resource.methods.get(method) ?? (ANY.has(method) ? resource.methods.get('ANY') : undefined);
  const pathParameters = found.pathParameters ?? null;
  return integration && ({ resource, integration, pathParameters } satisfies Match);
}
