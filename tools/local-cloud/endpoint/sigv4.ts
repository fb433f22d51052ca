import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../kernel.ts';

/** `20260101/us-east-1/s3/aws4_request` with the key id before it. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** Reads `AKID/YYYYMMDD/region/service/aws4_request`. */
export function parseCredential(credential: string): CredentialScope | undefined {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || rest.length > 0) return undefined;
  return terminator === 'aws4_request' ? { accessKeyId, date, region, service } : undefined;
}

/** RFC 3986 encoding as SigV4 demands: everything but unreserved characters, upper-case hex. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export interface SignedParts {
  /** ISO 8601 basic, `20260101T000000Z`. */
  readonly amzDate: string;
  readonly scope: CredentialScope;
  /** Lower-case header names, in order. */
  readonly signedHeaders: readonly string[];
  /** Hex digest of the body, or one of the `UNSIGNED-PAYLOAD` names. */
  readonly payloadHash: string;
}

/**
 * The signature that a request should carry (AWS Signature Version 4, S3's variant: the path is
 * encoded once).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function requestSignature(
  request: Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>,
  parts: SignedParts,
  secretAccessKey: string,
): string {
  const canonical = [
    request.method,
    request.path
      .split('/')
      .map((segment) => uriEncode(decodeURIComponent(segment)))
      .join('/'),
    canonicalQuery(request.query),
    ...parts.signedHeaders.map(
      (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`,
    ),
    '',
    parts.signedHeaders.join(';'),
    parts.payloadHash,
  ].join('\n');
  const { date, region, service } = parts.scope;
  const text = [
    'AWS4-HMAC-SHA256',
    parts.amzDate,
    `${date}/${region}/${service}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  return textSignature(text, parts.scope, secretAccessKey);
}

/** Signs a text, e.g. the policy of a browser's form post, with the key of its scope. */
export function textSignature(
  text: string,
  scope: CredentialScope,
  secretAccessKey: string,
): string {
  const key = [scope.date, scope.region, scope.service, 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Reads `20260101T000000Z`; undefined when it is anything else. */
export function parseAmzDate(text: string | undefined): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
