/** Selects the headers, cookies or query strings in the cache key or in the origin request. */
export interface Selection {
  readonly behavior: 'none' | 'all' | 'whitelist' | 'allExcept';
  /** Lower case for headers. */
  readonly names: readonly string[];
}

export interface CachePolicy {
  readonly minTtlS: number;
  readonly defaultTtlS: number;
  readonly maxTtlS: number;
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queryStrings: Selection;
  /** Content codings that are part of the cache key. */
  readonly encodings: readonly string[];
}

export interface OriginRequestPolicy {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queryStrings: Selection;
}

const NONE: Selection = { behavior: 'none', names: [] };
const ALL: Selection = { behavior: 'all', names: [] };
const only = (...names: string[]): Selection => ({ behavior: 'whitelist', names });

const NOTHING_IN_KEY = { headers: NONE, cookies: NONE, queryStrings: NONE };
const DAY_S = 86_400;
const YEAR_S = 31_536_000;

/** Managed cache policies by id (CloudFront Developer Guide, "Use managed cache policies"). */
export const MANAGED_CACHE_POLICIES: Readonly<Record<string, CachePolicy>> = {
  // CachingOptimized
  '658327ea-f89d-4fab-a63d-7e88639e58f6': {
    ...NOTHING_IN_KEY,
    minTtlS: 1,
    defaultTtlS: DAY_S,
    maxTtlS: YEAR_S,
    encodings: ['br', 'gzip'],
  },
  // CachingOptimizedForUncompressedObjects
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': {
    ...NOTHING_IN_KEY,
    minTtlS: 1,
    defaultTtlS: DAY_S,
    maxTtlS: YEAR_S,
    encodings: [],
  },
  // CachingDisabled
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': {
    ...NOTHING_IN_KEY,
    minTtlS: 0,
    defaultTtlS: 0,
    maxTtlS: 0,
    encodings: [],
  },
};

/** Managed origin request policies by id ("Use managed origin request policies"). */
export const MANAGED_ORIGIN_REQUEST_POLICIES: Readonly<Record<string, OriginRequestPolicy>> = {
  // AllViewer
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { headers: ALL, cookies: ALL, queryStrings: ALL },
  // AllViewerExceptHostHeader
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    headers: { behavior: 'allExcept', names: ['host'] },
    cookies: ALL,
    queryStrings: ALL,
  },
  // CORS-S3Origin
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': {
    headers: only('origin', 'access-control-request-headers', 'access-control-request-method'),
    cookies: NONE,
    queryStrings: NONE,
  },
  // CORS-CustomOrigin
  '59781a5b-3903-41f3-afcb-af62929ccde1': {
    headers: only('origin'),
    cookies: NONE,
    queryStrings: NONE,
  },
  // UserAgentRefererHeaders
  'acba4595-bd28-49b8-b9fe-13317c0390fa': {
    headers: only('user-agent', 'referer'),
    cookies: NONE,
    queryStrings: NONE,
  },
};

/** Returns true when an item of this name is selected. */
export function isSelected({ behavior, names }: Selection, name: string): boolean {
  if (behavior === 'all') return true;
  if (behavior === 'none') return false;
  return names.includes(name) === (behavior === 'whitelist');
}

/**
 * Reads a `HeadersConfig`, `CookiesConfig` or `QueryStringsConfig` of a policy.
 * @param caseless stores the names in lower case
 * @throws Error for an unknown behavior
 */
export function readSelection(
  behavior: string | undefined,
  names: readonly string[] | undefined,
  caseless = false,
): Selection {
  const known: Record<string, Selection['behavior']> = {
    none: 'none',
    all: 'all',
    allViewer: 'all',
    whitelist: 'whitelist',
    allExcept: 'allExcept',
  };
  const found = known[behavior ?? 'none'];
  if (!found) throw new Error(`The behaviour ${behavior} of a CDN policy is not supported`);
  const listed = (names ?? []).map((name) => (caseless ? name.toLowerCase() : name));
  return { behavior: found, names: listed };
}
