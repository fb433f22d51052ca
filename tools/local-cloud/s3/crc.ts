// Checksums that Node lacks. Both are reflected; polynomials from RFC 3720 (CRC-32C) and the NVMe
// specification.

const CRC32C_POLYNOMIAL = 0x82f63b78;
const CRC64NVME_POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const ALL_ONES = 0xffffffff;

const table32 = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? (value >>> 1) ^ CRC32C_POLYNOMIAL : value >>> 1;
  }
  return value >>> 0;
});

/** Halves of each entry: 64-bit integers would make every byte of a body cost an allocation. */
const table64 = { high: new Uint32Array(256), low: new Uint32Array(256) };
for (let byte = 0; byte < 256; byte += 1) {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1n ? (value >> 1n) ^ CRC64NVME_POLYNOMIAL : value >> 1n;
  }
  table64.high[byte] = Number(value >> 32n);
  table64.low[byte] = Number(value & 0xffffffffn);
}

/** CRC-32C (Castagnoli), unsigned. */
export function crc32c(bytes: Uint8Array): number {
  let crc = ALL_ONES;
  for (const byte of bytes) crc = (table32[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ ALL_ONES) >>> 0;
}

/** CRC-64/NVME, big-endian. */
export function crc64nvme(bytes: Uint8Array): Buffer {
  let high = ALL_ONES;
  let low = ALL_ONES;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = (((low >>> 8) | (high << 24)) ^ (table64.low[index] as number)) >>> 0;
    high = ((high >>> 8) ^ (table64.high[index] as number)) >>> 0;
  }
  const result = Buffer.alloc(8);
  result.writeUInt32BE((high ^ ALL_ONES) >>> 0, 0);
  result.writeUInt32BE((low ^ ALL_ONES) >>> 0, 4);
  return result;
}
