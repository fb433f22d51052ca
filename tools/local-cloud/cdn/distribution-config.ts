import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import { wildcard } from '../load-balancer/rules.ts';
import type { Behaviour } from './behaviour.ts';
import { type Origin, type OriginFactory, originGroup, SAFE_METHODS } from './origins.ts';
import { known, optional, type Registries } from './registries.ts';

interface OriginConfig {
  Id: string;
  DomainName: string;
  OriginPath?: string;
  OriginAccessControlId?: string;
  OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
  VpcOriginConfig?: { VpcOriginId: string };
}

interface OriginGroupConfig {
  Id: string;
  FailoverCriteria: { StatusCodes: { Items: number[] } };
  Members: { Items: { OriginId: string }[] };
}

interface BehaviourConfig {
  PathPattern?: string;
  TargetOriginId: string;
  AllowedMethods?: string[];
  CachePolicyId?: string;
  OriginRequestPolicyId?: string;
  ResponseHeadersPolicyId?: string;
  FunctionAssociations?: { EventType: string; FunctionARN: string }[];
}

export interface DistributionConfig {
  Origins?: OriginConfig[];
  OriginGroups?: { Items?: OriginGroupConfig[] };
  DefaultCacheBehavior: BehaviourConfig;
  CacheBehaviors?: BehaviourConfig[];
  CustomErrorResponses?: ErrorResponseConfig[];
}

interface ErrorResponseConfig {
  ErrorCode: number;
  ErrorCachingMinTTL?: number;
}

/** The statuses for which CloudFront accepts a custom error response. */
const CUSTOM_ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Supported keys, and (after the empty line) accepted keys without effect on one machine. */
const DISTRIBUTION_KEYS = [
  'Origins',
  'OriginGroups',
  'DefaultCacheBehavior',
  'CacheBehaviors',
  'CustomErrorResponses',

  'Aliases',
  'Enabled',
  'Comment',
  'HttpVersion',
  'IPV6Enabled',
  'PriceClass',
  'ViewerCertificate',
  'Restrictions',
  'Logging',
  'WebACLId',
];
const BEHAVIOUR_KEYS = [
  'PathPattern',
  'TargetOriginId',
  'AllowedMethods',
  'CachePolicyId',
  'OriginRequestPolicyId',
  'ResponseHeadersPolicyId',
  'FunctionAssociations',

  'CachedMethods',
  'Compress',
  'ViewerProtocolPolicy',
  'GrpcConfig',
];
const ORIGIN_KEYS = [
  'Id',
  'DomainName',
  'OriginPath',
  'OriginAccessControlId',
  'OriginCustomHeaders',
  'VpcOriginConfig',

  'S3OriginConfig',
  'CustomOriginConfig',
  'ConnectionAttempts',
  'ConnectionTimeout',
  'OriginShield',
];

function readOrigin(config: OriginConfig, registries: Registries, factory: OriginFactory): Origin {
  rejectUndeclared(config, honoured(...ORIGIN_KEYS), `the CDN origin ${config.Id}`);
  const originPath = config.OriginPath ?? '';
  const bucket = /^(.+?)\.s3[.-]/.exec(config.DomainName)?.[1];
  const signing = signingOf(config, registries);
  const hasAccessControl = signing !== undefined;
  if (bucket) return factory.bucket({ name: bucket, originPath, hasAccessControl });
  const pairs = (config.OriginCustomHeaders ?? []).map(
    ({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue] as const,
  );
  return factory.http({
    domainName: config.DomainName,
    originPath,
    customHeaders: Object.fromEntries(pairs),
    signing,
    vpcOrigin: optional(
      registries.vpcOrigins,
      config.VpcOriginConfig?.VpcOriginId,
      'CDN VPC origin',
    ),
  });
}

/** How a distribution signs its requests to an origin. Undefined if it does not. */
function signingOf({ OriginAccessControlId }: OriginConfig, { accessControls }: Registries) {
  // L2 constructs of the CDK write an empty id where an origin has no access control.
  const control = optional(accessControls, OriginAccessControlId || undefined, 'access control');
  return control?.behaviour;
}

function readOrigins(
  config: DistributionConfig,
  registries: Registries,
  factory: OriginFactory,
): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const origin of config.Origins ?? []) {
    origins.set(origin.Id, readOrigin(origin, registries, factory));
  }
  for (const { Id, FailoverCriteria, Members } of config.OriginGroups?.Items ?? []) {
    const [primary, second] = Members.Items.map(({ OriginId }) =>
      known(origins, OriginId, 'CDN origin'),
    );
    if (!primary || !second) throw new Error(`The origin group ${Id} needs two origins`);
    const statuses = FailoverCriteria.StatusCodes.Items.map(Number);
    origins.set(Id, originGroup(primary, second, statuses));
  }
  return origins;
}

/**
 * Reads the error caching minimum TTLs, in seconds by status.
 * @throws Error for an error page, which is not supported, or a status that CloudFront rejects
 */
function readErrorTtls(errors: readonly ErrorResponseConfig[]): ReadonlyMap<number, number> {
  const ttls = new Map<number, number>();
  for (const error of errors) {
    rejectUndeclared(error, honoured('ErrorCode', 'ErrorCachingMinTTL'), 'a custom error response');
    const status = Number(error.ErrorCode);
    if (!CUSTOM_ERRORS.includes(status)) {
      throw new Error(`A custom error response cannot have the status ${status}`);
    }
    if (error.ErrorCachingMinTTL !== undefined) ttls.set(status, Number(error.ErrorCachingMinTTL));
  }
  return ttls;
}

/** @throws Error for an origin group behind methods that do not fail over, as CloudFront rejects it */
function checkMethods(config: DistributionConfig, behaviour: BehaviourConfig): void {
  const { TargetOriginId, AllowedMethods = [] } = behaviour;
  const isGroup = config.OriginGroups?.Items?.some(({ Id }) => Id === TargetOriginId) ?? false;
  if (!isGroup || AllowedMethods.every((method) => SAFE_METHODS.includes(method))) return;
  const forbidden = 'AllowedMethods cannot include POST, PUT, PATCH, or DELETE';
  throw new Error(`${forbidden} for a cached behavior associated with an origin group`);
}

function readBehaviour(
  config: BehaviourConfig,
  origins: ReadonlyMap<string, Origin>,
  signing: Behaviour['signing'],
  registries: Registries,
): Behaviour {
  const { PathPattern = '*' } = config;
  rejectUndeclared(config, honoured(...BEHAVIOUR_KEYS), `the CDN behaviour ${PathPattern}`);
  const associated = (kind: string) => {
    const found = config.FunctionAssociations?.find(({ EventType }) => EventType === kind);
    return optional(registries.functions, found?.FunctionARN, 'CDN function');
  };
  return {
    matches: wildcard(PathPattern.startsWith('*') ? PathPattern : PathPattern.replace(/^\/?/, '/')),
    origin: known(origins, config.TargetOriginId, 'CDN origin'),
    signing,
    allowedMethods: config.AllowedMethods ?? ['GET', 'HEAD'],
    cachePolicy: known(registries.cachePolicies, config.CachePolicyId, 'CDN cache policy'),
    originRequestPolicy: optional(
      registries.originRequestPolicies,
      config.OriginRequestPolicyId,
      'CDN origin request policy',
    ),
    responseHeaders: optional(
      registries.responseHeaders,
      config.ResponseHeadersPolicyId,
      'CDN response headers policy',
    ),
    onViewerRequest: associated('viewer-request'),
    onViewerResponse: associated('viewer-response'),
  };
}

/**
 * Reads a `DistributionConfig`.
 * @throws Error that names an unsupported key or an unknown reference
 */
export function readDistribution(
  config: DistributionConfig,
  registries: Registries,
  factory: OriginFactory,
): { behaviours: Behaviour[]; errorTtlS(status: number): number | undefined } {
  rejectUndeclared(config, honoured(...DISTRIBUTION_KEYS), 'the distribution');
  const origins = readOrigins(config, registries, factory);
  const configs = [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior];
  const errorTtls = readErrorTtls(config.CustomErrorResponses ?? []);
  for (const behaviour of configs) checkMethods(config, behaviour);
  return {
    behaviours: configs.map((behaviour) => {
      const target = config.Origins?.find(({ Id }) => Id === behaviour.TargetOriginId);
      const signing = target && signingOf(target, registries);
      return readBehaviour(behaviour, origins, signing, registries);
    }),
    errorTtlS: (status) => errorTtls.get(status),
  };
}
