import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@triptych/platform/config';

/**
 * Checks whether an Authorization header has the key. As at Stripe, it is a Bearer token or the user
 * name of Basic authentication.
 */
export function keyCheck(key: Secret): (authorization: string | undefined) => boolean {
  const expected = digest(key.reveal());
  return (authorization = '') => {
    const [scheme = '', value = ''] = authorization.split(' ', 2);
    const given =
      scheme.toLowerCase() === 'basic'
        ? (Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '')
        : value;
    const known = ['bearer', 'basic'].includes(scheme.toLowerCase());
    return timingSafeEqual(digest(given), expected) && known;
  };
}

/** All digests have the same length, which the comparison requires, so the key's length is not leaked. */
const digest = (text: string) => createHash('sha256').update(text).digest();
