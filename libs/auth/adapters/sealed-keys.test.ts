import { describe, expect, it } from 'vitest';
import { aesGcmSeal } from './sealed-keys.ts';

const seal = aesGcmSeal('a key-encryption key');

describe('sealed keys', () => {
  it('are decrypted with the same secret and label, and encrypting twice yields different text', () => {
    const sealed = seal.seal('private', 'kid-1');
    expect(aesGcmSeal('a key-encryption key').open(sealed, 'kid-1')).toBe('private');
    expect(seal.seal('private', 'kid-1')).not.toBe(sealed);
    expect(sealed).not.toContain('private');
  });

  it('are not decrypted with another secret, another label or any byte changed', () => {
    const sealed = seal.seal('private', 'kid-1');
    expect(() => aesGcmSeal('another').open(sealed, 'kid-1')).toThrow();
    expect(() => seal.open(sealed, 'kid-2')).toThrow();
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (const [index, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = byte ^ 1;
      expect(() => seal.open(`v1.${changed.toString('base64url')}`, 'kid-1')).toThrow();
    }
    expect(() => seal.open('v2.AAAA', 'kid-1')).toThrow('unknown format');
  });
});
