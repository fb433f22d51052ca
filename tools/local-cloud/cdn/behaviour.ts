import type { CachePolicy, OriginRequestPolicy } from './cache-policies.ts';
import type { EdgeEvent } from './edge-function.ts';
import type { Origin } from './origins.ts';
import type { AccessControl } from './registries.ts';
import type { ResponseHeadersPolicy } from './response-headers.ts';

/** A cache behavior: how a distribution handles the paths that match one pattern. */
export interface Behaviour {
  matches(path: string): boolean;
  readonly origin: Origin;
  /** How requests to the origin are signed. Undefined if they are not, and for an origin group. */
  readonly signing: AccessControl['behaviour'] | undefined;
  readonly allowedMethods: readonly string[];
  readonly cachePolicy: CachePolicy;
  readonly originRequestPolicy: OriginRequestPolicy | undefined;
  readonly responseHeaders: ResponseHeadersPolicy | undefined;
  readonly onViewerRequest: ((event: EdgeEvent) => unknown) | undefined;
  readonly onViewerResponse: ((event: EdgeEvent) => unknown) | undefined;
}
