import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts private keys at rest; `label` is bound to the ciphertext, so that one key cannot pass for another. */
export interface Seal {
  seal(plain: string, label: string): string;
  /** Throws when the text was changed, the label is another or the secret is another. */
  open(sealed: string, label: string): string;
}

/** NIST SP 800-38D: 96-bit nonces and 128-bit tags. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM under a key derived by HKDF-SHA256 (RFC 5869) from KEY_ENCRYPTION_KEY, which may be any text with enough
 * randomness. The sealed form is `v1.` and base64url of nonce, tag and ciphertext.
 */
export function aesGcmSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'triptych auth signing keys v1', 32));
  return {
    seal(plain, label) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(label));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open(sealed, label) {
      const [version, encoded] = sealed.split('.');
      if (version !== 'v1' || encoded === undefined) throw new Error('sealed key: unknown form');
      const bytes = Buffer.from(encoded, 'base64url');
      const nonce = bytes.subarray(0, nonceBytes);
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(label))
        .setAuthTag(tag);
      const text = bytes.subarray(nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
  };
}
