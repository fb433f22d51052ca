import { createHash, randomBytes } from 'node:crypto';
import type { RefreshSecrets } from '../core/index.ts';

/** Lets people and secret scanners see what it is. */
const prefix = 'rt_';
const tokenBytes = 32;

/**
 * 256 random bits. A plain SHA-256 is enough to store them under: unlike a password, such a token cannot be guessed, so
 * a slow hash would protect nothing.
 */
export const refreshSecrets: RefreshSecrets = {
  make() {
    const token = `${prefix}${randomBytes(tokenBytes).toString('base64url')}`;
    return { token, digest: digest(token) };
  },
  digest,
};

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
