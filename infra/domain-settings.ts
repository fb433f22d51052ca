import type { Variant } from '@triptych/context-map';
import { type Static, Type } from 'typebox';
import { checked, isDomainName, isHostedZoneId } from './settings-formats.ts';

/** The public name of a shop. */
export interface Domain {
  readonly name: string;
  /** The zone in Route 53 that gets the records of the name and of its certificate. */
  readonly hostedZoneId: string;
}

export interface DomainSettings {
  /** Absent: the shop has the address of its edge, or the base URL in the settings. */
  readonly domain?: Domain;
}

/** The environment variables of {@link DomainSettings}. docs/template-settings.md explains each. */
export const DOMAIN_VARIABLES = {
  TRIPTYCH_DOMAIN: Type.Optional(checked(isDomainName, 'a domain name, as in shop.example.com')),
  TRIPTYCH_HOSTED_ZONE: Type.Optional(
    checked(isHostedZoneId, 'the id of a hosted zone, as in Z0123456789ABCDEFGHIJ'),
  ),
};

const SCHEMA = Type.Object(DOMAIN_VARIABLES);

export function toDomainSettings(config: Static<typeof SCHEMA>): DomainSettings {
  const { TRIPTYCH_DOMAIN: name, TRIPTYCH_HOSTED_ZONE: hostedZoneId } = config;
  return name && hostedZoneId ? { domain: { name, hostedZoneId } } : {};
}

const BASE_URLS: Readonly<Record<Variant, string>> = {
  microservices: 'TRIPTYCH_BASE_URL_MICROSERVICES',
  serverless: 'TRIPTYCH_BASE_URL_SERVERLESS',
  hybrid: 'TRIPTYCH_BASE_URL_HYBRID',
};

/** The region of every certificate that CloudFront uses. */
const CLOUDFRONT_REGION = 'us-east-1';

/**
 * What contradicts a domain in the settings, one line each. CloudFront takes certificates from us-east-1 only
 * (https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html), and a stack creates resources in its own region only. So a
 * variant behind a CDN in another region needs a certificate that exists.
 */
export function domainFaults(
  env: Readonly<Record<string, string | undefined>>,
  variants: readonly Variant[],
): string[] {
  const { TRIPTYCH_DOMAIN: domain, TRIPTYCH_HOSTED_ZONE: zone } = env;
  if (!domain && !zone) return [];
  if (!domain || !zone) return ['TRIPTYCH_DOMAIN and TRIPTYCH_HOSTED_ZONE need each other'];
  const [variant, ...others] = variants;
  if (variant === undefined || others.length > 0) {
    return [`TRIPTYCH_DOMAIN is the name of one variant, not of ${variants.join(' and ')}`];
  }
  const faults: string[] = [];
  const baseUrl = BASE_URLS[variant];
  if (env[baseUrl]) faults.push(`TRIPTYCH_DOMAIN sets the base URL, so omit ${baseUrl}`);
  const isWeb = variant === 'serverless' && env.TRIPTYCH_HTTP === 'web-functions';
  if (variant !== 'hybrid' && !isWeb) return faults;
  if (!isWeb && env.TRIPTYCH_CDN === 'off')
    faults.push('TRIPTYCH_DOMAIN needs the CDN of the hybrid');
  const certificate = env.TRIPTYCH_CERTIFICATE_ARN;
  const region = certificate ? certificate.split(':')[3] : env.TRIPTYCH_REGION;
  if (region !== CLOUDFRONT_REGION) {
    faults.push(
      `TRIPTYCH_DOMAIN of ${isWeb ? 'Web Functions' : 'the hybrid'} needs TRIPTYCH_REGION=${CLOUDFRONT_REGION}, or TRIPTYCH_CERTIFICATE_ARN of a ` +
        `certificate there: CloudFront takes certificates from ${CLOUDFRONT_REGION} only`,
    );
  }
  return faults;
}
