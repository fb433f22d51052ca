import { describe, expect, it } from 'vitest';
import { crc32c, crc64nvme } from './crc.ts';

// Check values of the catalogue of parametrised CRC algorithms.
const CHECK = Buffer.from('123456789');

describe('checksums that Node lacks', () => {
  it('give their published check values', () => {
    expect(crc32c(CHECK)).toBe(0xe3069283);
    expect(crc64nvme(CHECK).toString('hex')).toBe('ae8b14860a799888');
  });
});
