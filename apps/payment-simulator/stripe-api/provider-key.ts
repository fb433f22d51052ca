import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@triptych/platform/config';

/**
 * Says whether an Authorization header holds the key: as Bearer, or as the user of Basic, as Stripe
 * takes it.
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

/** Digests have one length, which the comparison needs and which tells nothing about the key's. */
const digest = (text: string) => createHash('sha256').update(text).digest();
