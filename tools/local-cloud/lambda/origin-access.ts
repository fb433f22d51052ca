import { randomBytes } from 'node:crypto';

/** Authenticates a distribution to a function URL. Replaces CloudFront's signature. */
export const ORIGIN_ACCESS_HEADER = 'x-local-origin-access';

/** The start of the header. It never leaves this process, so only the CDN can send it. */
const key = randomBytes(24).toString('base64url');

/** What the signature of a distribution says. */
export interface OriginSignature {
  readonly distributionArn: string;
  /** `SigningBehavior` of the origin access control. */
  readonly behaviour: string;
}

/** The header that a distribution sends. */
export function originAccess({ distributionArn, behaviour }: OriginSignature): string {
  return `${key} ${distributionArn} ${behaviour}`;
}

/** The signature in a header. Undefined for a header from elsewhere. */
export function signatureOf(header: unknown): OriginSignature | undefined {
  const [given, distributionArn = '', behaviour = ''] = String(header).split(' ');
  return given === key ? { distributionArn, behaviour } : undefined;
}

/** The ARN of the distribution that sent a header, or undefined for a header from elsewhere. */
export function signerOf(header: unknown): string | undefined {
  return signatureOf(header)?.distributionArn;
}
