import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Fingerprint } from '../core/index.ts';

/**
 * SHA-256, in hex, of the canonical JSON (RFC 8785). The order of keys and the notation of numbers
 * do not matter.
 */
export const canonicalFingerprint: Fingerprint = (value) =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
