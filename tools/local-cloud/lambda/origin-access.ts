import { randomBytes } from 'node:crypto';

/** Authenticates the CDN to a function URL. Replaces CloudFront's signature. */
export const ORIGIN_ACCESS_HEADER = 'x-local-origin-access';

/** The value of the header. It never leaves this process, so only the CDN can send it. */
export const originAccessKey = randomBytes(24).toString('base64url');
