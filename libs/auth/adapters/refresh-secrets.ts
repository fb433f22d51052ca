import { createHash, randomBytes } from 'node:crypto';
import type { RefreshSecrets } from '../core/index.ts';

/** Lets people and secret scanners recognise a refresh token. */
const PREFIX = 'rt_';
const TOKEN_BYTES = 32;

/**
 * Tokens of 256 random bits, stored under their SHA-256 digest. A slow hash is not needed: unlike a
 * password, such a token cannot be guessed.
 */
export const refreshSecrets: RefreshSecrets = {
  make() {
    const token = `${PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    return { token, digest: digest(token) };
  },
  digest,
};

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
