import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  parseAmzDate,
  parseCredential,
  requestSignature,
  type SignedParts,
  uriEncode,
} from '../endpoint/sigv4.ts';
import { callWebEndpoint } from '../iam/index.ts';
import type { Kernel } from '../kernel.ts';
import { ORIGIN_ACCESS_HEADER, signatureOf } from '../lambda/origin-access.ts';
import { type Actor, hasToken, type Session } from '../permissions/index.ts';
import type { WebFunctionAssumptions } from './not-documented.ts';

/** Requests are valid for 5 minutes. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
const MAX_SKEW_MS = 5 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
const HASH = 'x-amz-content-sha256';
const UNSIGNED = 'UNSIGNED-PAYLOAD';
/** The only way to sign that keeps the viewer's Authorization, and the only one that endpoints support. */
const ALWAYS_AMZ_AUTH = 'always-amz-auth';

/** What IamAuth decides: the headers to remove from the request, or why it is rejected. */
export type Admission = { readonly removed: readonly string[] } | { readonly fault: string };

export interface AdmissionCheck {
  readonly endpointArn: string;
  readonly body: Buffer;
  readonly kernel: Kernel;
  readonly assumptions: WebFunctionAssumptions;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/**
 * Decides whether an endpoint with IamAuth serves a request: by its signature, by the hash of its body, and by the
 * policies of the caller and of the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/web-functions-endpoint-access-control.html
 */
export function admit(request: IncomingMessage, check: AdmissionCheck): Admission {
  const identified = identify(request, check);
  if ('fault' in identified) return identified;
  const { caller, removed } = identified;
  return caller.may(callWebEndpoint(check.endpointArn))
    ? { removed }
    : { fault: `The caller may not invoke ${check.endpointArn}` };
}

type Identified =
  | { readonly caller: Actor; readonly removed: readonly string[] }
  | { readonly fault: string };

function identify(request: IncomingMessage, check: AdmissionCheck): Identified {
  const ofDistribution = signatureOf(request.headers[ORIGIN_ACCESS_HEADER]);
  if (!ofDistribution) return ofSignature(request, check);
  if (ofDistribution.behaviour !== ALWAYS_AMZ_AUTH) {
    return { fault: `The origin access control must sign ${ALWAYS_AMZ_AUTH}` };
  }
  const hash = request.headers[HASH];
  const needsHash = check.assumptions.viewerHashesBody && check.body.length > 0;
  if ((hash !== undefined || needsHash) && hash !== sha256(check.body)) {
    return { fault: `${HASH} does not have the hash of the body` };
  }
  const { permissions } = check.kernel;
  const { distributionArn } = ofDistribution;
  return { caller: permissions.service('cloudfront.amazonaws.com', distributionArn), removed: [] };
}

function ofSignature(request: IncomingMessage, check: AdmissionCheck): Identified {
  const { headers } = request;
  const [, credential = '', signedNames = '', signature = ''] =
    AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  const scope = parseCredential(credential);
  if (!scope) return { fault: 'The request has no signature' };
  const amzDate = String(headers['x-amz-date']);
  const signedAt = parseAmzDate(amzDate)?.getTime() ?? Number.NaN;
  if (!(Math.abs(check.nowMs - signedAt) <= MAX_SKEW_MS)) {
    return { fault: 'X-Amz-Date is missing or too far from the time of the request' };
  }
  const payloadHash = headers[HASH];
  if (typeof payloadHash !== 'string') return { fault: `The header ${HASH} is missing` };
  if (!isHashOf(payloadHash, check)) return { fault: `${HASH} does not have the hash of the body` };
  const { region, permissions } = check.kernel;
  if (scope.region !== region || scope.service !== check.assumptions.signingService) {
    return { fault: `The credential scope must be ${region}/${check.assumptions.signingService}` };
  }
  const session = permissions.sessionOf(scope.accessKeyId);
  const token = headers['x-amz-security-token'];
  if (!session || !hasToken(session.credentials, token === undefined ? token : String(token))) {
    return { fault: 'The security token included in the request is invalid' };
  }
  const signedHeaders = signedNames.split(';');
  const unsigned = unsignedHeader(request, signedHeaders);
  if (unsigned) return { fault: `The signature does not cover the header ${unsigned}` };
  return isSignedBy(session, request, { amzDate, scope, signedHeaders, payloadHash }, signature)
    ? { caller: session, removed: ['authorization'] }
    : { fault: 'The request signature does not match' };
}

function isHashOf(given: string, { body, assumptions }: AdmissionCheck): boolean {
  return given === UNSIGNED ? assumptions.acceptsUnsignedPayload : given === sha256(body);
}

/** Host and every `x-amz-` header must be signed. */
function unsignedHeader(
  { headers }: IncomingMessage,
  signed: readonly string[],
): string | undefined {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  return needed.find((name) => !signed.includes(name));
}

/** Services other than S3 encode each segment of the path twice. */
function isSignedBy(
  { credentials }: Session,
  request: IncomingMessage,
  parts: SignedParts,
  signature: string,
): boolean {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [
      name,
      values?.join(',') ?? '',
    ]),
  );
  const expected = requestSignature(
    {
      method: request.method ?? 'GET',
      path: path.split('/').map(uriEncode).join('/'),
      query: new URLSearchParams(question < 0 ? '' : url.slice(question + 1)),
      headers,
    },
    parts,
    credentials.secretAccessKey,
  );
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

function sha256(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
