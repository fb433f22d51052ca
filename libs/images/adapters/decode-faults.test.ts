import { AppError } from '@triptych/platform/errors';
import { expect, it } from 'vitest';
import { isVerdict, passingFault, servingFault } from './decode-faults.ts';

it.each([
  'Input buffer contains unsupported image format',
  'Input buffer has corrupt header: pngload_buffer: end of stream',
  'Input image exceeds pixel limit',
  'VipsJpeg: Invalid SOS parameters for sequential JPEG',
  'pngload_buffer: libpng read error',
  'vipspng: libpng read error',
  'heif: Invalid input: Extent in iloc box references data outside of file bounds (2.128)',
  'webp: unable to parse image',
  'heif: Memory allocation error: Security limit exceeded: iinf box contains 65535 items (6.1000)',
  'Input buffer has corrupt header: source: bad seek to 9\nheif: Memory allocation error: Security limit exceeded: Number of extents (6.1000)',
])('"%s" is a verdict on the bytes', (message) => {
  expect(isVerdict(new Error(message))).toBe(true);
});

it.each([
  'timeout: 54% complete',
  'out of memory -- size == 143MB',
  'Input buffer has corrupt header: out of memory -- size == 143MB',
  'heif: Memory allocation error: Unspecified: Allocating 143000000 bytes failed (6.0)',
  'timeout: 54% complete\nheif: Memory allocation error: Security limit exceeded',
  'heifsave: unable to encode',
  'webpsave: encoding failed',
  'VipsJpeg: Insufficient memory (case 4)',
  'unable to create thread',
  'a message that nobody has seen yet',
  'Unknown error',
])('"%s" may pass, so it is not a verdict', (message) => {
  expect(isVerdict(new Error(message))).toBe(false);
});

it('is not a verdict if it is not an error of sharp', () => {
  expect(isVerdict('pngload_buffer: libpng read error')).toBe(false);
  expect(isVerdict(new AppError('unavailable', 'overloaded', 'Too many.'))).toBe(false);
});

it('reports an undecodable original as unprocessable, not as an internal error', () => {
  const verdict = new Error('VipsJpeg: premature end of JPEG image');
  expect(servingFault(verdict)).toMatchObject({
    kind: 'unprocessable',
    code: 'undecodable-image',
    cause: verdict,
  });
  expect(servingFault(new Error('timeout: 54% complete'))).toMatchObject({ code: 'overloaded' });
  const passing = new Error('out of memory');
  expect(servingFault(passing)).toBe(passing);
});

it('reports that time ran out as overload, and other faults as they are', () => {
  const timeout = new Error('timeout: 54% complete');
  expect(passingFault(timeout)).toMatchObject({
    kind: 'unavailable',
    code: 'overloaded',
    retryAfterSeconds: 1,
    cause: timeout,
  });
  const other = new Error('out of memory');
  expect(passingFault(other)).toBe(other);
});
