import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../config/secret.ts';
import type { Admits } from '../http/admission.ts';

/** The header in which the CDN sends the secret. The CDN overwrites what a viewer sends in it. */
export const EDGE_HEADER = 'x-triptych-edge';

/**
 * Admits the requests that the CDN sent. The endpoint of a Web Function is always public, and a request that bypasses the
 * CDN could choose its own client address. Compares digests, so that the time depends on neither content nor length.
 */
export function carriesSecret(secret: Secret): Admits {
  const expected = digest(secret.reveal());
  return (headers) => {
    const given = headers[EDGE_HEADER];
    return typeof given === 'string' && timingSafeEqual(digest(given), expected);
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
