import { matchRoute } from '../http-api/routes.ts';
import type { Integration } from './integration.ts';

/** A path of the API with what its methods do. */
export interface Resource {
  readonly id: string;
  /** As in the event: `/catalog/{proxy+}`. */
  readonly path: string;
  /** By HTTP method, or `ANY`. */
  readonly methods: ReadonlyMap<string, Integration>;
}

export interface Match {
  readonly resource: Resource;
  readonly integration: Integration;
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** What `ANY` stands for ("Set up an HTTP method" in the developer guide). */
const ANY = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/**
 * The method a request belongs to. The path is matched as it was sent, not decoded, and a slash at its end does not count;
 * the most specific resource is chosen first and its methods are looked at then, so another resource never steps in.
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
