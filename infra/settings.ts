import { resolve } from 'node:path';

/** The three ways the shop is deployed. */
export const variants = ['microservices', 'serverless', 'hybrid'] as const;
export type Variant = (typeof variants)[number];

/** What may differ between two deployments of the same code. */
export interface Settings {
  readonly variants: readonly Variant[];
  /** Address a variant is reached at; absent: a reference to its own edge. Never ends with a slash. */
  readonly baseUrls: Readonly<Partial<Record<Variant, string>>>;
  readonly tasksPerService: number;
  readonly provider: 'simulator' | 'stripe';
  readonly certificateArn?: string;
  /** Who may reach a load balancer that speaks plain HTTP. */
  readonly allowCidr: string;
  readonly cdn: boolean;
  /** Folder of the built artifacts, absolute. */
  readonly distFolder: string;
  /** Whether cdk-nag judges the templates while they are synthesized. */
  readonly nag: boolean;
}

/** Thrown by {@link readSettings}; its message names every fault, one a line. */
export class SettingsError extends Error {
  constructor(faults: readonly string[]) {
    super(['The settings for the templates are wrong:', ...faults.map((f) => `- ${f}`)].join('\n'));
    this.name = 'SettingsError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from `TRIPTYCH_*` variables; an empty variable counts as unset.
 * @throws SettingsError naming all faults at once
 */
export function readSettings(env: Environment, root: string): Settings {
  const faults: string[] = [];
  const text = (name: string) => env[name]?.trim() || undefined;
  const fault = (name: string, wanted: string) =>
    faults.push(`${name} is ${JSON.stringify(text(name))}: ${wanted}`);
  const choice = <const T extends string>(name: string, of: readonly T[], fallback: T): T => {
    const value = text(name) ?? fallback;
    const found = of.find((one) => one === value);
    if (found === undefined) fault(name, `one of ${of.join(', ')}`);
    return found ?? fallback;
  };

  const wanted = text('TRIPTYCH_VARIANTS')
    ?.split(',')
    .map((name) => name.trim()) ?? [...variants];
  if (!wanted.every((name) => variants.some((variant) => variant === name))) {
    fault('TRIPTYCH_VARIANTS', `a comma-separated list of ${variants.join(', ')}`);
  }

  const baseUrls: Partial<Record<Variant, string>> = {};
  for (const variant of variants) {
    const name = `TRIPTYCH_BASE_URL_${variant.toUpperCase()}`;
    const value = text(name);
    if (value === undefined) continue;
    if (!isOrigin(value)) fault(name, 'scheme, host and port only, as in http://127.0.0.1:4001');
    baseUrls[variant] = value;
  }

  const tasksPerService = Number(text('TRIPTYCH_TASKS_PER_SERVICE') ?? 2);
  if (!Number.isInteger(tasksPerService) || tasksPerService < 1 || tasksPerService > 20) {
    fault('TRIPTYCH_TASKS_PER_SERVICE', 'a whole number from 1 to 20');
  }

  const certificateArn = text('TRIPTYCH_CERTIFICATE_ARN');
  if (certificateArn !== undefined) {
    if (!/^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/.test(certificateArn)) {
      fault('TRIPTYCH_CERTIFICATE_ARN', 'the ARN of a certificate in ACM');
    }
    if (wanted.includes('microservices') && !baseUrls.microservices?.startsWith('https://')) {
      faults.push(
        'TRIPTYCH_CERTIFICATE_ARN needs TRIPTYCH_BASE_URL_MICROSERVICES with https:// and a name the ' +
          "certificate covers: it never covers the load balancer's own",
      );
    }
  }

  const allowCidr = text('TRIPTYCH_ALLOW_CIDR') ?? '127.0.0.1/32';
  if (!isCidr(allowCidr)) fault('TRIPTYCH_ALLOW_CIDR', 'an IPv4 range, as in 203.0.113.7/32');

  const cdn = choice('TRIPTYCH_CDN', ['on', 'off'], 'on') === 'on';
  if (!cdn && wanted.includes('hybrid') && baseUrls.hybrid === undefined) {
    faults.push(
      'TRIPTYCH_CDN=off needs TRIPTYCH_BASE_URL_HYBRID: without the CDN there is no edge',
    );
  }

  const provider = choice('TRIPTYCH_PROVIDER', ['simulator', 'stripe'], 'simulator');
  const nag = choice('TRIPTYCH_NAG', ['on', 'off'], 'off') === 'on';
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    variants: variants.filter((variant) => wanted.includes(variant)),
    baseUrls,
    tasksPerService,
    provider,
    ...(certificateArn === undefined ? {} : { certificateArn }),
    allowCidr,
    cdn,
    distFolder: resolve(root, text('TRIPTYCH_DIST') ?? 'dist'),
    nag,
  };
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === value;
}

function isCidr(value: string): boolean {
  const [address = '', bits = '', ...rest] = value.split('/');
  const bytes = address.split('.');
  const within = (digits: string, max: number) => /^\d{1,3}$/.test(digits) && Number(digits) <= max;
  return (
    rest.length === 0 &&
    bytes.length === 4 &&
    bytes.every((b) => within(b, 255)) &&
    within(bits, 32)
  );
}
