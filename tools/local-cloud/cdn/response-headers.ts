import type { CdnRequest } from './viewer-request.ts';

/** A header that a policy adds. Without `override`, a header of the origin takes precedence. */
interface AddedHeader {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

interface CorsSettings {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeS: number | undefined;
  readonly override: boolean;
}

export interface ResponseHeadersPolicy {
  readonly cors: CorsSettings | undefined;
  readonly added: readonly AddedHeader[];
  readonly removed: readonly string[];
}

type Override = { readonly Override?: boolean };
type Items<T = string> = { readonly Items?: readonly T[] };

/** `ResponseHeadersPolicyConfig` of a template. */
export interface ResponseHeadersConfig {
  readonly CorsConfig?: {
    readonly AccessControlAllowOrigins?: Items;
    readonly AccessControlAllowMethods?: Items;
    readonly AccessControlAllowHeaders?: Items;
    readonly AccessControlExposeHeaders?: Items;
    readonly AccessControlAllowCredentials?: boolean;
    readonly AccessControlMaxAgeSec?: number;
    readonly OriginOverride?: boolean;
  };
  readonly SecurityHeadersConfig?: {
    readonly ContentTypeOptions?: Override;
    readonly ContentSecurityPolicy?: Override & { readonly ContentSecurityPolicy?: string };
    readonly FrameOptions?: Override & { readonly FrameOption?: string };
    readonly ReferrerPolicy?: Override & { readonly ReferrerPolicy?: string };
    readonly StrictTransportSecurity?: Override & {
      readonly AccessControlMaxAgeSec?: number;
      readonly IncludeSubdomains?: boolean;
      readonly Preload?: boolean;
    };
  };
  readonly CustomHeadersConfig?: Items<Override & { Header: string; Value: string }>;
  readonly RemoveHeadersConfig?: Items<{ Header: string }>;
}

function securityHeaders(config: ResponseHeadersConfig['SecurityHeadersConfig']): AddedHeader[] {
  const {
    ContentTypeOptions: type,
    ContentSecurityPolicy: content,
    FrameOptions: frame,
    ReferrerPolicy: referrer,
    StrictTransportSecurity: transport,
  } = config ?? {};
  const added: AddedHeader[] = [];
  const add = (name: string, value: string, { Override }: Override): void => {
    added.push({ name, value, override: Override ?? false });
  };
  if (type) add('x-content-type-options', 'nosniff', type);
  if (content) add('content-security-policy', content.ContentSecurityPolicy ?? '', content);
  if (frame) add('x-frame-options', frame.FrameOption ?? '', frame);
  if (referrer) add('referrer-policy', referrer.ReferrerPolicy ?? '', referrer);
  if (transport) {
    const { AccessControlMaxAgeSec, IncludeSubdomains, Preload } = transport;
    const parts = [`max-age=${AccessControlMaxAgeSec}`];
    if (IncludeSubdomains) parts.push('includeSubDomains');
    if (Preload) parts.push('preload');
    add('strict-transport-security', parts.join('; '), transport);
  }
  return added;
}

/** Reads a `ResponseHeadersPolicyConfig`. */
export function readResponseHeaders(config: ResponseHeadersConfig): ResponseHeadersPolicy {
  const { CorsConfig: cors } = config;
  const custom = (config.CustomHeadersConfig?.Items ?? []).map(({ Header, Value, Override }) => ({
    name: Header.toLowerCase(),
    value: Value,
    override: Override ?? false,
  }));
  return {
    cors: cors && {
      origins: cors.AccessControlAllowOrigins?.Items ?? [],
      methods: cors.AccessControlAllowMethods?.Items ?? [],
      headers: cors.AccessControlAllowHeaders?.Items ?? [],
      exposed: cors.AccessControlExposeHeaders?.Items ?? [],
      credentials: cors.AccessControlAllowCredentials ?? false,
      maxAgeS: cors.AccessControlMaxAgeSec,
      override: cors.OriginOverride ?? false,
    },
    added: [...securityHeaders(config.SecurityHeadersConfig), ...custom],
    removed: (config.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase()),
  };
}

function corsHeaders(cors: CorsSettings, { method, headers }: CdnRequest): Record<string, string> {
  const { origin } = headers;
  const anyOrigin = cors.origins.includes('*');
  if (origin === undefined || !(anyOrigin || cors.origins.includes(origin))) return {};
  const added: Record<string, string> = {
    'access-control-allow-origin': anyOrigin && !cors.credentials ? '*' : origin,
  };
  if (!anyOrigin) added.vary = 'Origin';
  if (cors.credentials) added['access-control-allow-credentials'] = 'true';
  if (method === 'OPTIONS' && headers['access-control-request-method']) {
    added['access-control-allow-methods'] = cors.methods.join(', ');
    added['access-control-allow-headers'] = cors.headers.join(', ');
    if (cors.maxAgeS !== undefined) added['access-control-max-age'] = String(cors.maxAgeS);
  } else if (cors.exposed.length > 0) {
    added['access-control-expose-headers'] = cors.exposed.join(', ');
  }
  return added;
}

const CORS_PREFIX = 'access-control-';

/** Applies a policy to the headers of a response. Adds CORS headers only if there is an Origin. */
export function applyResponseHeaders(
  policy: ResponseHeadersPolicy,
  request: CdnRequest,
  headers: Readonly<Record<string, string | string[]>>,
): Record<string, string | string[]> {
  const result = { ...headers };
  for (const name of policy.removed) delete result[name];
  const put = (name: string, value: string, override: boolean): void => {
    if (override || result[name] === undefined) result[name] = value;
  };
  // Without override, the policy adds no CORS headers if the origin sends any.
  const originHasCors = Object.keys(headers).some((name) => name.startsWith(CORS_PREFIX));
  if (policy.cors && (policy.cors.override || !originHasCors)) {
    for (const [name, value] of Object.entries(corsHeaders(policy.cors, request))) {
      put(name, value, policy.cors.override);
    }
  }
  for (const { name, value, override } of policy.added) put(name, value, override);
  return result;
}

const ALL_METHODS = 'GET HEAD PUT POST PATCH DELETE OPTIONS'.split(' ');
const SECURITY: ResponseHeadersConfig['SecurityHeadersConfig'] = {
  ContentTypeOptions: { Override: true },
  FrameOptions: { FrameOption: 'SAMEORIGIN', Override: false },
  ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: false },
  StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: false },
};
const SIMPLE_CORS: ResponseHeadersConfig['CorsConfig'] = {
  AccessControlAllowOrigins: { Items: ['*'] },
};
const PREFLIGHT_CORS: ResponseHeadersConfig['CorsConfig'] = {
  ...SIMPLE_CORS,
  AccessControlAllowMethods: { Items: ALL_METHODS },
  AccessControlAllowHeaders: { Items: ['*'] },
  AccessControlExposeHeaders: { Items: ['*'] },
};

/** Managed policies by id (CloudFront Developer Guide, "Use managed response headers policies"). */
export const MANAGED_RESPONSE_HEADERS: Readonly<Record<string, ResponseHeadersPolicy>> = {
  // SimpleCORS
  '60669652-455b-4ae9-85a4-c4c02393f86c': readResponseHeaders({ CorsConfig: SIMPLE_CORS }),
  // CORS-With-Preflight
  '5cc3b908-e619-4b99-88e5-2cf7f45965bd': readResponseHeaders({ CorsConfig: PREFLIGHT_CORS }),
  // SecurityHeadersPolicy
  '67f7725c-6f97-4210-82d7-5512b31e9d03': readResponseHeaders({ SecurityHeadersConfig: SECURITY }),
  // CORS-and-SecurityHeadersPolicy
  'e61eb60c-9c35-4d20-a928-2b84e02af89c': readResponseHeaders({
    CorsConfig: SIMPLE_CORS,
    SecurityHeadersConfig: SECURITY,
  }),
  // CORS-with-preflight-and-SecurityHeadersPolicy
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63': readResponseHeaders({
    CorsConfig: PREFLIGHT_CORS,
    SecurityHeadersConfig: SECURITY,
  }),
};
