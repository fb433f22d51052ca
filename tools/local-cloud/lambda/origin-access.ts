import { randomBytes } from 'node:crypto';

/** Authenticates a distribution to a function URL. Replaces CloudFront's signature. */
export const ORIGIN_ACCESS_HEADER = 'x-local-origin-access';

/** The start of the header. It never leaves this process, so only the CDN can send it. */
const key = randomBytes(24).toString('base64url');

/** The header that a distribution sends. */
export function originAccess(distributionArn: string): string {
  return `${key} ${distributionArn}`;
}

/** The ARN of the distribution that sent a header, or undefined for a header from elsewhere. */
export function signerOf(header: unknown): string | undefined {
  const [given, distributionArn] = String(header).split(' ');
  return given === key ? distributionArn : undefined;
}
