import {
  type CachePolicy,
  managedCachePolicies,
  managedOriginRequestPolicies,
  type OriginRequestPolicy,
} from './cache-policies.ts';
import type { EdgeEvent } from './edge-function.ts';
import { managedResponseHeaders, type ResponseHeadersPolicy } from './response-headers.ts';

/** What distributions refer to by id. */
export interface Registries {
  readonly cachePolicies: Map<string, CachePolicy>;
  readonly originRequestPolicies: Map<string, OriginRequestPolicy>;
  readonly responseHeaders: Map<string, ResponseHeadersPolicy>;
  readonly functions: Map<string, (event: EdgeEvent) => unknown>;
}

/** Registries that hold CloudFront's managed policies. */
export function createRegistries(): Registries {
  return {
    cachePolicies: new Map(Object.entries(managedCachePolicies)),
    originRequestPolicies: new Map(Object.entries(managedOriginRequestPolicies)),
    responseHeaders: new Map(Object.entries(managedResponseHeaders)),
    functions: new Map(),
  };
}

/** Looks up an id that a template names; throws an Error when it is unknown. */
export function known<T>(registry: ReadonlyMap<string, T>, id: unknown, what: string): T {
  const found = registry.get(String(id));
  if (found === undefined) throw new Error(`Unknown ${what} ${id}`);
  return found;
}

/** Like `known`, for a reference that may be left out. */
export function optional<T>(
  registry: ReadonlyMap<string, T>,
  id: unknown,
  what: string,
): T | undefined {
  return id === undefined ? undefined : known(registry, id, what);
}
