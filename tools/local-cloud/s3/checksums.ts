import { createHash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../kernel.ts';
import { notImplemented } from './members.ts';

/** The start of a checksum's header name. */
export const CHECKSUM_PREFIX = 'x-amz-checksum-';
/** Headers with the prefix that are not checksums. */
const SETTINGS = ['algorithm', 'mode', 'type'];

const ALGORITHMS: Record<string, (body: Buffer) => Uint8Array | Promise<Uint8Array>> = {
  crc32: (body) => bigEndian32(crc32(body)),
  crc32c: (body) => sdkChecksum('Crc32c', body),
  crc64nvme: (body) => sdkChecksum('Crc64Nvme', body),
  sha1: (body) => createHash('sha1').update(body).digest(),
  sha256: (body) => createHash('sha256').update(body).digest(),
  sha512: (body) => createHash('sha512').update(body).digest(),
  md5: (body) => createHash('md5').update(body).digest(),
};

/**
 * The checksum of a body in Base64.
 * @param name in lower case
 * @throws AwsError NotImplemented for an unsupported algorithm
 */
export async function checksumOf(name: string, body: Buffer): Promise<string> {
  return Buffer.from(await algorithmNamed(name)(body)).toString('base64');
}

/** Checksums as XML elements, e.g. `ChecksumCRC32`. */
export function xmlChecksums(checksums: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(checksums).map(([header, value]) => [
      `Checksum${header.slice(CHECKSUM_PREFIX.length).toUpperCase()}`,
      value,
    ]),
  );
}

/**
 * Verifies every checksum of a body, in headers, trailers or a presigned query.
 * @returns the checksums, which are stored with the object
 * @throws AwsError BadDigest; NotImplemented for an unsupported algorithm
 */
export async function verifyChecksums(
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const verified: Record<string, string> = {};
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(CHECKSUM_PREFIX)) continue;
    const name = header.slice(CHECKSUM_PREFIX.length);
    if (SETTINGS.includes(name)) continue;
    rejectDifferent(await algorithmNamed(name)(body), value, name.toUpperCase());
    verified[header] = value;
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined)
    rejectDifferent(createHash('md5').update(body).digest(), md5, 'Content-MD5');
  return verified;
}

function algorithmNamed(name: string): (body: Buffer) => Uint8Array | Promise<Uint8Array> {
  const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
  if (algorithm) return algorithm;
  throw notImplemented(`The local cloud does not support the checksum ${CHECKSUM_PREFIX}${name}`);
}

function rejectDifferent(computed: Uint8Array, given: string, name: string): void {
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

/** Checksums that Node lacks. Their module is loaded on demand, because few clients send them. */
async function sdkChecksum(name: 'Crc32c' | 'Crc64Nvme', body: Buffer): Promise<Uint8Array> {
  const checksum = new (await import('@aws-sdk/checksums/crc'))[name]();
  checksum.update(body);
  return checksum.digest();
}
