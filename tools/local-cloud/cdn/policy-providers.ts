import { createHash } from 'node:crypto';
import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import type { ResourceContext, ResourceProvider } from '../kernel.ts';
import { readSelection } from './cache-policies.ts';
import { edgeFunction } from './edge-function.ts';
import type { Registries } from './registries.ts';
import { type ResponseHeadersConfig, readResponseHeaders } from './response-headers.ts';

/** Returns an id in CloudFront's format. It is the same at every start. */
export function cdnId({ stack, logicalId }: Pick<ResourceContext, 'stack' | 'logicalId'>): string {
  const hash = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');
  return `E${hash.slice(0, 13).toUpperCase()}`;
}

interface SelectionConfig {
  HeadersConfig?: { HeaderBehavior?: string; Headers?: string[] };
  CookiesConfig?: { CookieBehavior?: string; Cookies?: string[] };
  QueryStringsConfig?: { QueryStringBehavior?: string; QueryStrings?: string[] };
}

function readSelections(config: SelectionConfig) {
  const { HeadersConfig: header, CookiesConfig: cookie, QueryStringsConfig: query } = config;
  return {
    headers: readSelection(header?.HeaderBehavior, header?.Headers, true),
    cookies: readSelection(cookie?.CookieBehavior, cookie?.Cookies),
    queryStrings: readSelection(query?.QueryStringBehavior, query?.QueryStrings),
  };
}

interface CacheConfig {
  MinTTL?: number;
  DefaultTTL?: number;
  MaxTTL?: number;
  ParametersInCacheKeyAndForwardedToOrigin?: CacheKeyConfig;
}

interface CacheKeyConfig extends SelectionConfig {
  EnableAcceptEncodingGzip?: boolean;
  EnableAcceptEncodingBrotli?: boolean;
}

/**
 * A policy with a MaxTTL of 0 turns caching off, and then nothing can be in its key.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html
 * @throws Error in CloudFront's words
 */
function rejectKeyWithoutCache(config: CacheConfig, key: CacheKeyConfig): void {
  if (Number(config.MaxTTL ?? 1) > 0) return;
  const parts: readonly (readonly [string, unknown])[] = [
    ['HeaderBehavior', key.HeadersConfig?.HeaderBehavior],
    ['CookieBehavior', key.CookiesConfig?.CookieBehavior],
    ['QueryStringBehavior', key.QueryStringsConfig?.QueryStringBehavior],
    ['EnableAcceptEncodingGzip', key.EnableAcceptEncodingGzip],
    ['EnableAcceptEncodingBrotli', key.EnableAcceptEncodingBrotli],
  ];
  const [name] =
    parts.find(([, value]) => value !== undefined && value !== 'none' && !!value) ?? [];
  if (name) throw new Error(`The parameter ${name} is invalid for policy with caching disabled`);
}

function cachePolicyProvider({ cachePolicies }: Registries): ResourceProvider {
  return {
    type: 'AWS::CloudFront::CachePolicy',
    properties: { CachePolicyConfig: 'honoured' },
    async create(context) {
      const config = context.properties.CachePolicyConfig as CacheConfig;
      const parameters = config.ParametersInCacheKeyAndForwardedToOrigin ?? {};
      rejectKeyWithoutCache(config, parameters);
      const encodings: string[] = [];
      if (parameters.EnableAcceptEncodingBrotli) encodings.push('br');
      if (parameters.EnableAcceptEncodingGzip) encodings.push('gzip');
      const id = cdnId(context);
      cachePolicies.set(id, {
        ...readSelections(parameters),
        minTtlS: Number(config.MinTTL ?? 0),
        defaultTtlS: Number(config.DefaultTTL ?? 86_400),
        maxTtlS: Number(config.MaxTTL ?? 31_536_000),
        encodings,
      });
      return { physicalId: id, attributes: { Id: id } };
    },
  };
}

function originRequestPolicyProvider({ originRequestPolicies }: Registries): ResourceProvider {
  return {
    type: 'AWS::CloudFront::OriginRequestPolicy',
    properties: { OriginRequestPolicyConfig: 'honoured' },
    async create(context) {
      const id = cdnId(context);
      const config = context.properties.OriginRequestPolicyConfig as SelectionConfig;
      originRequestPolicies.set(id, readSelections(config));
      return { physicalId: id, attributes: { Id: id } };
    },
  };
}

function responseHeadersProvider({ responseHeaders }: Registries): ResourceProvider {
  return {
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    properties: { ResponseHeadersPolicyConfig: 'honoured' },
    async create(context) {
      const id = cdnId(context);
      const config = context.properties.ResponseHeadersPolicyConfig as ResponseHeadersConfig;
      responseHeaders.set(id, readResponseHeaders(config));
      return { physicalId: id, attributes: { Id: id } };
    },
  };
}

function functionProvider({ functions }: Registries): ResourceProvider {
  return {
    type: 'AWS::CloudFront::Function',
    properties: {
      Name: 'honoured',
      FunctionCode: 'honoured',
      FunctionConfig: 'honoured',
      AutoPublish: { ignored: 'functions are always published' },
      FunctionMetadata: { ignored: 'documentation only' },
      Tags: { ignored: 'nothing is billed here' },
    },
    async create(context) {
      const { stack, logicalId, properties, kernel } = context;
      const { Runtime } = properties.FunctionConfig as { Runtime?: string };
      if (Runtime !== 'cloudfront-js-1.0' && Runtime !== 'cloudfront-js-2.0') {
        throw new Error(`${stack}/${logicalId}: unknown runtime ${Runtime}`);
      }
      const log = (text: string): void =>
        kernel.log({ at: Date.now(), stack, source: logicalId, text });
      const arn = `arn:aws:cloudfront::${kernel.accountId}:function/${properties.Name}`;
      functions.set(arn, edgeFunction(String(properties.FunctionCode), log));
      return {
        physicalId: arn,
        attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: 'LIVE' },
      };
    },
  };
}

interface AccessControlConfig {
  SigningBehavior?: string;
  SigningProtocol?: string;
}

const ACCESS_CONTROL_KEYS = [
  'Name',
  'Description',
  'OriginAccessControlOriginType',
  'SigningBehavior',
  'SigningProtocol',
];

/** A distribution authenticates itself within this process, in place of a signature. */
function originAccessControlProvider({ accessControls }: Registries): ResourceProvider {
  return {
    type: 'AWS::CloudFront::OriginAccessControl',
    properties: { OriginAccessControlConfig: 'honoured' },
    async create(context) {
      const id = cdnId(context);
      const config = context.properties.OriginAccessControlConfig as AccessControlConfig;
      rejectUndeclared(config, honoured(...ACCESS_CONTROL_KEYS), 'the origin access control');
      const { SigningProtocol, SigningBehavior } = config;
      const behaviour = SIGNING_BEHAVIOURS.find((one) => one === SigningBehavior);
      if ((!behaviour && SigningBehavior !== 'never') || SigningProtocol !== 'sigv4') {
        const given = `${SigningProtocol} ${SigningBehavior}`;
        throw new Error(`An origin access control that signs ${given} is not supported`);
      }
      accessControls.set(id, behaviour ? { behaviour } : {});
      return { physicalId: id, attributes: { Id: id } };
    },
  };
}

/** Without `no-override`: nothing here needs it. */
const SIGNING_BEHAVIOURS = ['always', 'always-amz-auth'] as const;

interface VpcOriginConfig {
  Arn: string;
  HTTPPort?: number;
  HTTPSPort?: number;
  OriginProtocolPolicy?: string;
}

/** Supported keys, and (after the empty line) accepted keys without effect here. */
const VPC_ORIGIN_KEYS = [
  'Arn',
  'HTTPPort',
  'HTTPSPort',
  'OriginProtocolPolicy',

  'Name',
  'OriginSSLProtocols',
];

/** The port that a VPC origin connects to. With `match-viewer` it is for HTTPS, as the shop's viewers use it. */
function vpcOriginPort(config: VpcOriginConfig): number {
  const { HTTPPort = 80, HTTPSPort = 443, OriginProtocolPolicy } = config;
  return Number(OriginProtocolPolicy === 'http-only' ? HTTPPort : HTTPSPort);
}

function vpcOriginProvider({ vpcOrigins }: Registries): ResourceProvider {
  return {
    type: 'AWS::CloudFront::VpcOrigin',
    properties: {
      VpcOriginEndpointConfig: 'honoured',
      Tags: { ignored: 'nothing is billed here' },
    },
    async create(context) {
      const id = `vo_${cdnId(context)}`;
      const config = context.properties.VpcOriginEndpointConfig as VpcOriginConfig;
      rejectUndeclared(config, honoured(...VPC_ORIGIN_KEYS), 'the VPC origin');
      vpcOrigins.set(id, { balancerArn: config.Arn, port: vpcOriginPort(config) });
      return { physicalId: id, attributes: { Id: id, Status: 'Deployed' } };
    },
  };
}

/** Returns the providers of the CloudFormation types that distributions refer to. */
export function policyProviders(registries: Registries): ResourceProvider[] {
  return [
    cachePolicyProvider(registries),
    originRequestPolicyProvider(registries),
    responseHeadersProvider(registries),
    functionProvider(registries),
    originAccessControlProvider(registries),
    vpcOriginProvider(registries),
  ];
}
