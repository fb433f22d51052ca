import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Encrypts private keys at rest. `label` is authenticated with the ciphertext, so that one key
 * cannot be substituted for another.
 */
export interface Seal {
  seal(plain: string, label: string): string;
  /** Throws if the text was changed, or if the label or the secret differs. */
  open(sealed: string, label: string): string;
}

/** NIST SP 800-38D: 96-bit nonces and 128-bit tags. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with a key derived by HKDF-SHA256 (RFC 5869) from KEY_ENCRYPTION_KEY, which may be
 * any text with enough randomness. The result is `v1.` followed by the base64url of nonce, tag and
 * ciphertext. After a change of the secret, the stored keys cannot be decrypted. Delete the ring
 * item then; all access tokens become invalid.
 */
export function aesGcmSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'triptych auth signing keys v1', 32));
  return {
    seal(plain, label) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(label));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open(sealed, label) {
      const [version, encoded] = sealed.split('.');
      if (version !== 'v1' || encoded === undefined) throw new Error('sealed key: unknown format');
      const bytes = Buffer.from(encoded, 'base64url');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(label))
        .setAuthTag(tag);
      const text = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
  };
}
