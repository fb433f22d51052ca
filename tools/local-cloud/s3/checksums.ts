import { createHash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../kernel.ts';
import { crc32c, crc64nvme } from './crc.ts';

const PREFIX = 'x-amz-checksum-';
/** Names under the prefix that are not checksums themselves. */
const SETTINGS = ['algorithm', 'mode', 'type'];

const ALGORITHMS: Record<string, (body: Buffer) => Buffer> = {
  crc32: (body) => bigEndian32(crc32(body)),
  crc32c: (body) => bigEndian32(crc32c(body)),
  crc64nvme,
  sha1: (body) => createHash('sha1').update(body).digest(),
  sha256: (body) => createHash('sha256').update(body).digest(),
};

/**
 * Checks every checksum that came with a body, in headers, trailers or a presigned query.
 * @returns them, to be kept with the object
 * @throws AwsError BadDigest; NotImplemented for an algorithm that we do not have
 */
export function verifyChecksums(
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const verified: Record<string, string> = {};
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    if (SETTINGS.includes(name)) continue;
    const algorithm = ALGORITHMS[name];
    if (!algorithm) {
      throw new AwsError('NotImplemented', `The local cloud's S3 has no checksum ${name}`, 501);
    }
    refuseDifferent(algorithm(body), value, name.toUpperCase());
    verified[header] = value;
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined)
    refuseDifferent(createHash('md5').update(body).digest(), md5, 'Content-MD5');
  return verified;
}

function refuseDifferent(computed: Buffer, given: string, name: string): void {
  const expected = Buffer.from(given, 'base64');
  if (expected.length !== computed.length || !timingSafeEqual(expected, computed)) {
    throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated one`);
  }
}

function bigEndian32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
