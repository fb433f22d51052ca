import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../kernel.ts';

/** A parsed credential: `AKID/20260101/us-east-1/s3/aws4_request`. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** Parses `AKID/YYYYMMDD/region/service/aws4_request`. Undefined when the text has another form. */
export function parseCredential(credential: string): CredentialScope | undefined {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || rest.length > 0) return undefined;
  return terminator === 'aws4_request' ? { accessKeyId, date, region, service } : undefined;
}

/** URI encoding as SigV4 requires it: all but RFC 3986's unreserved characters, upper-case hex. */
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
  /** Header names in lower case, sorted. */
  readonly signedHeaders: readonly string[];
  /** Hex digest of the body, or one of the `UNSIGNED-PAYLOAD` names. */
  readonly payloadHash: string;
}

/**
 * Computes the signature of a request (AWS Signature Version 4 in S3's variant, which encodes the
 * path once).
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

/** Signs a text, e.g. the policy of a browser's form post, with the signing key of a scope. */
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

/** Parses `20260101T000000Z`. Undefined when the text has another form. */
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
