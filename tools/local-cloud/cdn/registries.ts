import {
  type CachePolicy,
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  type OriginRequestPolicy,
} from './cache-policies.ts';
import type { EdgeEvent } from './edge-function.ts';
import { MANAGED_RESPONSE_HEADERS, type ResponseHeadersPolicy } from './response-headers.ts';

/** The policies and functions that distributions refer to by id. */
export interface Registries {
  readonly cachePolicies: Map<string, CachePolicy>;
  readonly originRequestPolicies: Map<string, OriginRequestPolicy>;
  readonly responseHeaders: Map<string, ResponseHeadersPolicy>;
  readonly functions: Map<string, (event: EdgeEvent) => unknown>;
  readonly vpcOrigins: Map<string, VpcOriginTarget>;
  readonly accessControls: Map<string, AccessControl>;
}

/** Where a VPC origin connects to. */
export interface VpcOriginTarget {
  readonly balancerArn: string;
  readonly port: number;
}

/** How a distribution signs its requests to an origin. */
export interface AccessControl {
  /** `always-amz-auth` signs in a header of its own. `always` replaces the viewer's Authorization. Absent for `never`. */
  readonly behaviour?: 'always' | 'always-amz-auth';
}

/** Creates registries that contain CloudFront's managed policies. */
export function createRegistries(): Registries {
  return {
    cachePolicies: new Map(Object.entries(MANAGED_CACHE_POLICIES)),
    originRequestPolicies: new Map(Object.entries(MANAGED_ORIGIN_REQUEST_POLICIES)),
    responseHeaders: new Map(Object.entries(MANAGED_RESPONSE_HEADERS)),
    functions: new Map(),
    vpcOrigins: new Map(),
    accessControls: new Map(),
  };
}

/**
 * Looks up an id.
 * @throws Error that names `what` and the id, when it is unknown
 */
export function known<T>(registry: ReadonlyMap<string, T>, id: unknown, what: string): T {
  const found = registry.get(String(id));
  if (found === undefined) throw new Error(`Unknown ${what} ${id}`);
  return found;
}

/** Like `known`, for an optional reference. */
export function optional<T>(
  registry: ReadonlyMap<string, T>,
  id: unknown,
  what: string,
): T | undefined {
  return id === undefined ? undefined : known(registry, id, what);
}
