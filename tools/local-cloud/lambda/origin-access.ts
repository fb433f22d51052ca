import { randomBytes } from 'node:crypto';

/**
 * Header in which the CDN proves itself to a function URL; it stands for CloudFront's signature.
 */
export const ORIGIN_ACCESS_HEADER = 'x-local-origin-access';

/** Known in this process only, so that a URL with `AWS_IAM` is reachable through the CDN alone. */
export const originAccessKey = randomBytes(24).toString('base64url');
