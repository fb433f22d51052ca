import { text } from '@triptych/platform/config';
import { Type } from 'typebox';

/** What an origin looks like, for messages. */
export const ORIGIN_FORM = 'scheme, host and port only, as in http://127.0.0.1:4001';

/**
 * A text setting that must pass a check.
 * @param wanted follows "must be" in the message about a value that fails
 */
export function checked(
  check: (value: string) => boolean,
  wanted: string,
  options: { default?: string } = {},
) {
  return Type.Refine(text(options), check, () => `must be ${wanted}`);
}

/** Scheme, host and port of an http or https URL, and nothing more. */
export function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === value;
}

/** An http or https URL that a path can be appended to. */
export function isBaseUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && /^[^?#]*[^/?#]$/.test(value);
}

/** ARN of a certificate in AWS Certificate Manager. */
export function isCertificateArn(value: string): boolean {
  return /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/.test(value);
}

/** An IPv4 address and the length of its network, as in 203.0.113.0/24. */
export function isIpv4Range(value: string): boolean {
  const [, address = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(value) ?? [];
  const bytes = address.split('.');
  const isByte = (digits: string) => /^\d{1,3}$/.test(digits) && Number(digits) <= 255;
  return bytes.length === 4 && bytes.every(isByte) && Number(bits) <= 32;
}

/** The id of a prefix list in EC2. */
export function isPrefixListId(value: string): boolean {
  return /^pl-[0-9a-f]{8,17}$/.test(value);
}

/** A whole number from 1 to 20, in decimal digits. */
export function isTaskCount(value: string): boolean {
  return /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 20;
}

/** An e-mail address, roughly: SNS sends a confirmation to it, which finds out the rest. */
export function isEmail(value: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
}

/** A whole number of dollars from 0 to a million. */
export function isBudget(value: string): boolean {
  return /^\d{1,7}$/.test(value) && Number(value) <= 1_000_000;
}

/** A whole number from 0 to 100, in decimal digits. */
export function isConcurrency(value: string): boolean {
  return /^\d{1,3}$/.test(value) && Number(value) <= 100;
}

/** The code of a region, as in eu-central-1. */
export function isRegion(value: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(value);
}

/** The ID of an account. */
export function isAccount(value: string): boolean {
  return /^\d{12}$/.test(value);
}

/** A domain name of at least two labels, in lower case and ASCII. https://datatracker.ietf.org/doc/html/rfc1035#section-2.3 */
export function isDomainName(value: string): boolean {
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
  return value.length <= 253 && new RegExp(`^(${label}\\.)+${label}$`).test(value);
}

/** The id of a hosted zone in Route 53. */
export function isHostedZoneId(value: string): boolean {
  return /^Z[A-Z0-9]{1,31}$/.test(value);
}

/** Two different availability zones of one region, separated by a comma. */
export function isZonePair(value: string): boolean {
  const [first = '', second = '', ...others] = value.split(',').map((zone) => zone.trim());
  const isZone = (zone: string) => isRegion(zone.slice(0, -1)) && /[a-z]$/.test(zone);
  const isOneRegion = first.slice(0, -1) === second.slice(0, -1);
  return others.length === 0 && isZone(first) && isZone(second) && isOneRegion && first !== second;
}

/** How many environments an endpoint may have. https://docs.aws.amazon.com/lambda/latest/dg/web-functions-scaling.html */
export function isMaxEnvironments(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 2 && Number(value) <= 10_000;
}

/** A limit of requests per second that an endpoint may have. https://docs.aws.amazon.com/lambda/latest/dg/web-functions-scaling.html */
export function isRateLimit(value: string): boolean {
  const rate = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  const isHundreds = rate >= 100 && rate <= 1_000 && rate % 100 === 0;
  return rate === 0 || isHundreds || (rate >= 2_000 && rate <= 10_000 && rate % 1_000 === 0);
}
