import { resolve } from 'node:path';
import { isBaseUrl, isCertificateArn, isIpv4Range, isOrigin } from './settings-formats.ts';

/** The three ways the shop is deployed. */
export const variants = ['microservices', 'serverless', 'hybrid'] as const;
export type Variant = (typeof variants)[number];

/** What may differ between two deployments of the same code; the README has each with its variable. */
export interface Settings {
  readonly variants: readonly Variant[];
  /** Address a variant is reached at; absent: a reference to its own edge. No slash at the end. */
  readonly baseUrls: Readonly<Partial<Record<Variant, string>>>;
  /** Where a variant's own services reach it; absent: at its base URL, as everybody. No slash at the end. */
  readonly internalUrls: Readonly<Partial<Record<Variant, string>>>;
  /** What stands before the functions of serverless. */
  readonly front: 'http-api' | 'rest-api';
  /** Processor of functions and tasks; native modules must be packaged for the same one. */
  readonly architecture: 'arm64' | 'x86_64';
  readonly tasksPerService: number;
  readonly provider: 'simulator' | 'stripe';
  readonly certificateArn?: string;
  /** Who may reach a load balancer that speaks plain HTTP. */
  readonly allowCidr: string;
  readonly cdn: boolean;
  /** Collector that every service sends its spans to over OTLP/HTTP; absent: spans go to the log alone. */
  readonly otlpEndpoint?: string;
  /** Address of S3 that presigned forms and links are made for; absent: the one the services use. */
  readonly s3PublicEndpoint?: string;
  /** Buckets in the path of an address instead of its host name. */
  readonly s3PathStyle: boolean;
  /** Folder of the built artifacts, absolute. */
  readonly distFolder: string;
}

/** The templates cannot be made like this; the message names every fault, one a line. */
export class SettingsError extends Error {
  constructor(summary: string, faults: readonly string[]) {
    super([summary, ...faults.map((fault) => `- ${fault}`)].join('\n'));
    this.name = 'SettingsError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from `TRIPTYCH_*` variables; an empty variable counts as unset.
 * @throws SettingsError naming all faults at once
 */
export function readSettings(env: Environment, root: string): Settings {
  const read = new Reader(env);
  const wanted = read.list('TRIPTYCH_VARIANTS', variants);
  const front = read.choice('TRIPTYCH_FRONT', ['http-api', 'rest-api']);
  const baseUrls = perVariant((variant) =>
    // Only a REST API has a path before everything: that of its stage.
    read.text(
      `TRIPTYCH_BASE_URL_${variant.toUpperCase()}`,
      variant === 'serverless' && front === 'rest-api' ? baseUrl : origin,
    ),
  );
  const internalUrls = perVariant((variant) =>
    read.text(`TRIPTYCH_INTERNAL_URL_${variant.toUpperCase()}`, baseUrl),
  );
  const certificateArn = read.text('TRIPTYCH_CERTIFICATE_ARN', {
    is: isCertificateArn,
    wanted: 'the ARN of a certificate in ACM',
  });
  const otlpEndpoint = read.text('TRIPTYCH_OTLP_ENDPOINT', baseUrl);
  const s3PublicEndpoint = read.text('TRIPTYCH_S3_PUBLIC_ENDPOINT', origin);
  const settings = {
    variants: wanted,
    baseUrls,
    internalUrls,
    front,
    architecture: read.choice('TRIPTYCH_ARCHITECTURE', ['arm64', 'x86_64']),
    tasksPerService: read.integer('TRIPTYCH_TASKS_PER_SERVICE', { fallback: 2, min: 1, max: 20 }),
    provider: read.choice('TRIPTYCH_PROVIDER', ['simulator', 'stripe']),
    ...(certificateArn === undefined ? {} : { certificateArn }),
    ...(otlpEndpoint === undefined ? {} : { otlpEndpoint }),
    ...(s3PublicEndpoint === undefined ? {} : { s3PublicEndpoint }),
    s3PathStyle: read.choice('TRIPTYCH_S3_PATH_STYLE', ['off', 'on']) === 'on',
    // Nobody's, until somebody says whose.
    allowCidr:
      read.text('TRIPTYCH_ALLOW_CIDR', {
        is: isIpv4Range,
        wanted: 'an IPv4 range, as in 203.0.113.7/32',
      }) ?? '127.0.0.1/32',
    cdn: read.choice('TRIPTYCH_CDN', ['on', 'off']) === 'on',
    distFolder: resolve(root, read.text('TRIPTYCH_DIST') ?? 'dist'),
  };
  const faults = [...read.faults, ...contradictions(settings)];
  if (faults.length > 0)
    throw new SettingsError('The settings for the templates are wrong:', faults);
  return settings;
}

const origin = {
  is: isOrigin,
  wanted: 'scheme, host and port only, as in http://127.0.0.1:4001',
};

const baseUrl = {
  is: isBaseUrl,
  wanted: 'an address without a slash at its end, as in https://collector.example:4318',
};

function perVariant(read: (variant: Variant) => string | undefined) {
  const found: Partial<Record<Variant, string>> = {};
  for (const variant of variants) {
    const value = read(variant);
    if (value !== undefined) found[variant] = value;
  }
  return found;
}

/** What each setting allows and the other does not. */
function contradictions({ variants, baseUrls, certificateArn, cdn }: Settings): string[] {
  const faults: string[] = [];
  const { microservices, hybrid } = baseUrls;
  if (certificateArn && variants.includes('microservices') && !microservices?.startsWith('https')) {
    faults.push(
      'TRIPTYCH_CERTIFICATE_ARN needs TRIPTYCH_BASE_URL_MICROSERVICES with https:// and a name ' +
        "the certificate covers: it never covers the load balancer's own",
    );
  }
  if (!cdn && variants.includes('hybrid') && hybrid === undefined) {
    faults.push(
      'TRIPTYCH_CDN=off needs TRIPTYCH_BASE_URL_HYBRID: without the CDN there is no edge',
    );
  }
  return faults;
}

/** Reads variables and remembers what is wrong with them. */
class Reader {
  readonly faults: string[] = [];
  private readonly env: Environment;

  constructor(env: Environment) {
    this.env = env;
  }

  text(name: string, format?: { is(value: string): boolean; wanted: string }): string | undefined {
    const value = this.env[name]?.trim() || undefined;
    if (value !== undefined && format && !format.is(value)) this.wrong(name, value, format.wanted);
    return value;
  }

  /** One of some words; the first is the default. */
  choice<const T extends string>(name: string, words: readonly [T, ...T[]]): T {
    const value = this.text(name) ?? words[0];
    const found = words.find((word) => word === value);
    if (found === undefined) this.wrong(name, value, `one of ${words.join(', ')}`);
    return found ?? words[0];
  }

  /** Some of the words, comma-separated, in the words' own order; unset is all. */
  list<const T extends string>(name: string, words: readonly T[]): readonly T[] {
    const value = this.text(name);
    if (value === undefined) return words;
    const named = value.split(',').map((word) => word.trim());
    if (!named.every((word) => words.some((known) => known === word))) {
      this.wrong(name, value, `a comma-separated list of ${words.join(', ')}`);
    }
    return words.filter((word) => named.includes(word));
  }

  integer(name: string, { fallback, min, max }: { fallback: number; min: number; max: number }) {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) {
      this.wrong(name, value, `a whole number from ${min} to ${max}`);
    }
    return number;
  }

  private wrong(name: string, value: string, wanted: string): void {
    this.faults.push(`${name} is ${JSON.stringify(value)}, but must be ${wanted}`);
  }
}
