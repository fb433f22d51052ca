import { resolve } from 'node:path';
import {
  COORDINATIONS,
  type Coordination,
  isStageName,
  STAGE_FORM,
  VARIANTS,
  type Variant,
} from '@triptych/context-map';
import { ConfigError, choice, loadConfig, text } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';
import { contradictions, listed, variantsIn } from './contradictions.ts';
import { DOMAIN_VARIABLES, type DomainSettings, toDomainSettings } from './domain-settings.ts';
import {
  OPERATOR_VARIABLES,
  type OperatorSettings,
  toOperatorSettings,
} from './operator-settings.ts';
import { PLACE_VARIABLES, type PlaceSettings, toPlaceSettings } from './place-settings.ts';
import { regionFaults } from './regions.ts';
import {
  SECURITY_VARIABLES,
  type SecuritySettings,
  toSecuritySettings,
} from './security-settings.ts';
import {
  checked,
  isBaseUrl,
  isCertificateArn,
  isIpv4Range,
  isOrigin,
  isPrefixListId,
  isTaskCount,
  ORIGIN_FORM,
} from './settings-formats.ts';
import { toWebSettings, WEB_VARIABLES, type WebSettings } from './web-settings.ts';

/** What may differ between two deployments of the same code. */
export interface Settings
  extends DomainSettings,
    OperatorSettings,
    PlaceSettings,
    SecuritySettings,
    WebSettings {
  readonly variants: readonly Variant[];
  /** Name of a further copy of the variants in the same account and region. Absent: the only copy. */
  readonly stage?: string;
  /** Public address of a variant. Absent: a reference to its own edge. No slash at the end. */
  readonly baseUrls: Readonly<Partial<Record<Variant, string>>>;
  /** Where a variant's own services reach it. Absent: its base URL. No slash at the end. */
  readonly internalUrls: Readonly<Partial<Record<Variant, string>>>;
  /** The API in front of the functions of serverless. */
  readonly front: 'http-api' | 'rest-api';
  /** What coordinates a checkout in serverless. The other variants use events. */
  readonly checkout: Coordination;
  /** Processor of functions and tasks. Native modules must be packaged for the same one. */
  readonly architecture: 'arm64' | 'x86_64';
  readonly tasksPerService: number;
  readonly provider: 'simulator' | 'stripe';
  readonly certificateArn?: string;
  /** Addresses that may reach a load balancer over plain HTTP. */
  readonly allowCidr: string;
  readonly cdn: boolean;
  /** The prefix list of CloudFront's servers in a region that the templates do not know. */
  readonly cloudFrontPrefixList?: string;
  /** Collector that every service sends its spans to over OTLP/HTTP. Absent: spans are only logged. */
  readonly otlpEndpoint?: string;
  /** Address of S3 in presigned forms and links. Absent: the address that the services use. */
  readonly s3PublicEndpoint?: string;
  /** Buckets are in the path of an address instead of its host name. */
  readonly s3PathStyle: boolean;
  /** Folder of the built artifacts, absolute. */
  readonly distFolder: string;
}

const ALL_VARIANTS = VARIANTS.join(', ');
const ORIGIN = checked(isOrigin, ORIGIN_FORM);
const BASE_URL = checked(
  isBaseUrl,
  'an address without a slash at its end, as in https://collector.example:4318',
);

/** The environment variables. docs/template-settings.md explains each. */
const SCHEMA = Type.Object({
  TRIPTYCH_VARIANTS: checked(isVariantList, `a comma-separated list of ${ALL_VARIANTS}`, {
    default: ALL_VARIANTS,
  }),
  TRIPTYCH_STAGE: Type.Optional(checked(isStageName, STAGE_FORM)),
  TRIPTYCH_BASE_URL_MICROSERVICES: Type.Optional(ORIGIN),
  TRIPTYCH_BASE_URL_SERVERLESS: Type.Optional(BASE_URL),
  TRIPTYCH_BASE_URL_HYBRID: Type.Optional(ORIGIN),
  TRIPTYCH_INTERNAL_URL_MICROSERVICES: Type.Optional(BASE_URL),
  TRIPTYCH_INTERNAL_URL_SERVERLESS: Type.Optional(BASE_URL),
  TRIPTYCH_INTERNAL_URL_HYBRID: Type.Optional(BASE_URL),
  TRIPTYCH_FRONT: choice(['http-api', 'rest-api'], { default: 'http-api' }),
  TRIPTYCH_CHECKOUT: choice([...COORDINATIONS], { default: COORDINATIONS[0] }),
  TRIPTYCH_ARCHITECTURE: choice(['arm64', 'x86_64'], { default: 'arm64' }),
  TRIPTYCH_TASKS_PER_SERVICE: checked(isTaskCount, 'a whole number from 1 to 20', { default: '2' }),
  TRIPTYCH_PROVIDER: choice(['simulator', 'stripe'], { default: 'simulator' }),
  TRIPTYCH_CERTIFICATE_ARN: Type.Optional(
    checked(isCertificateArn, 'the ARN of a certificate in ACM'),
  ),
  // The default admits nobody.
  TRIPTYCH_ALLOW_CIDR: checked(isIpv4Range, 'an IPv4 range, as in 203.0.113.7/32', {
    default: '127.0.0.1/32',
  }),
  TRIPTYCH_CDN: choice(['on', 'off'], { default: 'on' }),
  TRIPTYCH_CLOUDFRONT_PREFIX_LIST: Type.Optional(
    checked(isPrefixListId, 'the id of a prefix list, as in pl-3b927c52'),
  ),
  TRIPTYCH_OTLP_ENDPOINT: Type.Optional(BASE_URL),
  TRIPTYCH_S3_PUBLIC_ENDPOINT: Type.Optional(ORIGIN),
  TRIPTYCH_S3_PATH_STYLE: choice(['off', 'on'], { default: 'off' }),
  TRIPTYCH_DIST: text({ default: 'dist' }),
  ...DOMAIN_VARIABLES,
  ...OPERATOR_VARIABLES,
  ...PLACE_VARIABLES,
  ...SECURITY_VARIABLES,
  ...WEB_VARIABLES,
});

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(SCHEMA.properties);

/** The templates cannot be made. The message lists every fault, one per line. */
export class SettingsError extends Error {
  constructor(summary: string, faults: readonly string[]) {
    super([summary, ...faults.map((fault) => `- ${fault}`)].join('\n'));
    this.name = 'SettingsError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from `TRIPTYCH_*` variables. An empty variable counts as unset.
 * @param root the folder that `TRIPTYCH_DIST` is relative to
 * @throws SettingsError that lists all faults
 */
export async function readSettings(env: Environment, root: string): Promise<Settings> {
  const trimmed = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value?.trim()]),
  );
  const faults = contradictions(trimmed);
  try {
    const config = await loadConfig(SCHEMA, { env: trimmed });
    const settings = toSettings(config, root);
    faults.push(...regionFaults(settings));
    if (faults.length === 0) return settings;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.unshift(...error.faults);
  }
  throw new SettingsError('The settings for the templates are wrong:', faults);
}

function toSettings(config: Static<typeof SCHEMA>, root: string): Settings {
  const variants = variantsIn(config.TRIPTYCH_VARIANTS);
  const { domain } = toDomainSettings(config);
  const ofDomain = domain && variants.map((variant) => [variant, `https://${domain.name}`]);
  return {
    variants,
    baseUrls: withoutUndefined({
      microservices: config.TRIPTYCH_BASE_URL_MICROSERVICES,
      serverless: config.TRIPTYCH_BASE_URL_SERVERLESS,
      hybrid: config.TRIPTYCH_BASE_URL_HYBRID,
      ...Object.fromEntries(ofDomain ?? []),
    }),
    internalUrls: withoutUndefined({
      microservices: config.TRIPTYCH_INTERNAL_URL_MICROSERVICES,
      serverless: config.TRIPTYCH_INTERNAL_URL_SERVERLESS,
      hybrid: config.TRIPTYCH_INTERNAL_URL_HYBRID,
    }),
    front: config.TRIPTYCH_FRONT,
    checkout: config.TRIPTYCH_CHECKOUT,
    architecture: config.TRIPTYCH_ARCHITECTURE,
    tasksPerService: Number(config.TRIPTYCH_TASKS_PER_SERVICE),
    provider: config.TRIPTYCH_PROVIDER,
    allowCidr: config.TRIPTYCH_ALLOW_CIDR,
    cdn: config.TRIPTYCH_CDN === 'on',
    s3PathStyle: config.TRIPTYCH_S3_PATH_STYLE === 'on',
    distFolder: resolve(root, config.TRIPTYCH_DIST),
    ...(domain && { domain }),
    ...toOperatorSettings(config),
    ...toPlaceSettings(config),
    ...toSecuritySettings(config),
    ...toWebSettings(config),
    ...withoutUndefined({
      stage: config.TRIPTYCH_STAGE,
      certificateArn: config.TRIPTYCH_CERTIFICATE_ARN,
      cloudFrontPrefixList: config.TRIPTYCH_CLOUDFRONT_PREFIX_LIST,
      otlpEndpoint: config.TRIPTYCH_OTLP_ENDPOINT,
      s3PublicEndpoint: config.TRIPTYCH_S3_PUBLIC_ENDPOINT,
    }),
  };
}

function isVariantList(value: string): boolean {
  return listed(value).every((word) => VARIANTS.some((variant) => variant === word));
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(values: T): Defined<T> {
  const defined = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as Defined<T>;
}
