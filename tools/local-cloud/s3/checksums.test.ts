import { describe, expect, it } from 'vitest';
import { AwsError } from '../kernel.ts';
import { verifyChecksums } from './checksums.ts';

// The input for the check values in the catalogue of parametrised CRC algorithms.
const body = Buffer.from('123456789');

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

describe('verifyChecksums', () => {
  it.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
    ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ])('accepts the published check value of %s and no other', async (name, hex) => {
    const header = `x-amz-checksum-${name}`;
    const correct = { [header]: base64(hex) };
    expect(await verifyChecksums(body, correct)).toEqual(correct);
    const wrong = { [header]: base64(hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))) };
    await expect(verifyChecksums(body, wrong)).rejects.toMatchObject({ code: 'BadDigest' });
  });

  it('names an unsupported algorithm', async () => {
    await expect(verifyChecksums(body, { 'x-amz-checksum-xxhash64': 'AA==' })).rejects.toThrow(
      new AwsError(
        'NotImplemented',
        'The local cloud does not support the checksum x-amz-checksum-xxhash64',
        501,
      ),
    );
  });
});
