import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CredentialScope,
  parseAmzDate,
  parseCredential,
  requestSignature,
} from '../endpoint/sigv4.ts';
import { AwsError, type Kernel, type WireRequest } from '../kernel.ts';
import { hasToken, type Session } from '../permissions/index.ts';
import { notImplemented } from './members.ts';
import { isPresignedV2, signatureV2 } from './signature-v2.ts';

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
const MAX_SKEW_MS = 15 * 60 * 1000;
const MAX_EXPIRES_SECONDS = 7 * 24 * 3600;
const ALGORITHM = 'AWS4-HMAC-SHA256';

interface Claim {
  readonly scope: CredentialScope;
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payloadHash: string;
}

/**
 * Verifies the signature of a request in its headers or, if presigned, in its query. Presigned URLs
 * may also use Signature Version 2.
 * @throws AwsError AccessDenied for a request that is unsigned, expired or has unsigned `x-amz-`
 * headers; SignatureDoesNotMatch; InvalidAccessKeyId; RequestTimeTooSkewed;
 * InvalidToken; XAmzContentSHA256Mismatch
 * @returns the session whose credentials signed it
 */
export function authenticate(request: WireRequest, kernel: Kernel, nowMs: number): Session {
  const { query, headers } = request;
  const token = headers['x-amz-security-token'] ?? parameterNamed(query, 'x-amz-security-token');
  if (isPresignedV2(query)) {
    const session = sessionOfKey(query.get('AWSAccessKeyId'), token, kernel);
    const { secretAccessKey } = session.credentials;
    const expected = signatureV2(request, secretAccessKey, nowMs);
    rejectDifferentSignature(query.get('Signature') ?? '', expected);
    return session;
  }
  const claim = request.query.has('X-Amz-Signature')
    ? presignedClaim(request.query, nowMs)
    : headerClaim(request, nowMs);
  rejectUnsignedHeaders(request, claim.signedHeaders);
  const session = sessionOf(claim.scope, token, kernel);
  const { secretAccessKey } = session.credentials;
  rejectDifferentSignature(claim.signature, requestSignature(request, claim, secretAccessKey));
  return session;
}

/** A query parameter, whose name may be in any case. */
function parameterNamed(query: URLSearchParams, name: string): string | undefined {
  return [...query].find(([parameter]) => parameter.toLowerCase() === name)?.[1];
}

/**
 * The session of a credential scope.
 * @throws AwsError InvalidAccessKeyId, InvalidToken; AuthorizationHeaderMalformed for another region
 * or service
 */
export function sessionOf(
  scope: CredentialScope,
  token: string | undefined,
  kernel: Kernel,
): Session {
  const session = sessionOfKey(scope.accessKeyId, token, kernel);
  if (scope.service !== 's3' || scope.region !== kernel.region) {
    const expected = `${kernel.region}/s3`;
    throw new AwsError('AuthorizationHeaderMalformed', `The credential scope must be ${expected}`);
  }
  return session;
}

/** The session of an access key id. @throws AwsError InvalidAccessKeyId, InvalidToken */
export function sessionOfKey(
  accessKeyId: string | null,
  token: string | undefined,
  { permissions }: Kernel,
): Session {
  const session = permissions.sessionOf(accessKeyId ?? '');
  if (!session) {
    throw new AwsError(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      403,
    );
  }
  if (hasToken(session.credentials, token)) return session;
  const text = 'The provided token is malformed or otherwise invalid.';
  throw new AwsError('InvalidToken', text);
}

/** @throws AwsError SignatureDoesNotMatch */
export function rejectDifferentSignature(given: string, expected: string): void {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided',
      403,
    );
  }
}

function presignedClaim(query: URLSearchParams, nowMs: number): Claim {
  const scope = parseCredential(query.get('X-Amz-Credential') ?? '');
  const amzDate = query.get('X-Amz-Date') ?? '';
  const signedAt = parseAmzDate(amzDate);
  const expiresSeconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  const wellFormed = scope && signedAt && query.get('X-Amz-Algorithm') === ALGORITHM;
  if (!wellFormed || !(expiresSeconds >= 0 && expiresSeconds <= MAX_EXPIRES_SECONDS)) {
    throw new AwsError(
      'AuthorizationQueryParametersError',
      'X-Amz-Algorithm, X-Amz-Credential, X-Amz-Date and X-Amz-Expires (at most 7 days) are required',
    );
  }
  if (signedAt.getTime() - nowMs > MAX_SKEW_MS) {
    throw new AwsError('AccessDenied', 'Request is not valid yet', 403);
  }
  if (nowMs > signedAt.getTime() + expiresSeconds * 1000) {
    throw new AwsError('AccessDenied', 'Request has expired', 403);
  }
  return {
    scope,
    amzDate,
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    payloadHash: query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  };
}

function headerClaim(request: WireRequest, nowMs: number): Claim {
  const { headers } = request;
  const authorization = headers.authorization;
  if (authorization === undefined) throw new AwsError('AccessDenied', 'Access Denied', 403);
  if (authorization.startsWith('AWS ')) {
    throw new AwsError(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  const part = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? '';
  const scope = parseCredential(part('Credential'));
  const amzDate = headers['x-amz-date'] ?? '';
  const signedAt = parseAmzDate(amzDate);
  if (!authorization.startsWith(ALGORITHM) || !scope || !signedAt) {
    throw new AwsError('AuthorizationHeaderMalformed', 'The authorization header is malformed');
  }
  if (Math.abs(nowMs - signedAt.getTime()) > MAX_SKEW_MS) {
    throw new AwsError(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
    );
  }
  return {
    scope,
    amzDate,
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    payloadHash: checkedPayloadHash(request),
  };
}

function checkedPayloadHash({ headers, body }: WireRequest): string {
  const hash = headers['x-amz-content-sha256'] ?? '';
  if (hash === 'UNSIGNED-PAYLOAD' || hash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return hash;
  if (hash.startsWith('STREAMING-')) {
    throw notImplemented(`The local S3 does not support ${hash}`);
  }
  if (hash !== createHash('sha256').update(body).digest('hex')) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed",
    );
  }
  return hash;
}

function rejectUnsignedHeaders(request: WireRequest, signedHeaders: readonly string[]): void {
  const missing = ['host', ...Object.keys(request.headers).filter((name) => /^x-amz-/.test(name))]
    .filter((name) => !signedHeaders.includes(name))
    // S3 does not require a signature for the body digest of a presigned request.
    .filter((name) => name !== 'x-amz-content-sha256');
  if (missing.length > 0) {
    throw new AwsError(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${missing.join(', ')}`,
      403,
    );
  }
}
