import type { CodedColour } from '../colour/coded-colour.ts';

const SEQUENCE_HEADER = 1;
const OPERATING_POINT_BITS = 12;

/**
 * The colour that an AV1 sequence header states, or undefined if there is no such header, or it
 * states none. An AVIF without a `colr` box has its colour here.
 * https://aomediacodec.github.io/av1-spec/#sequence-header-obu-syntax
 * @param obus the start of AV1 data, or the units in an `av1C` box
 */
export function colourOfSequenceHeader(obus: Uint8Array): CodedColour | undefined {
  let offset = 0;
  while (offset < obus.byteLength) {
    const header = obus[offset] ?? 0;
    offset += (header & 0b100) === 0 ? 1 : 2;
    if ((header & 0b10) === 0) return undefined;
    const size = leb128(obus, offset);
    if (((header >> 3) & 15) === SEQUENCE_HEADER) {
      return readHeader(new BitReader(obus.subarray(size.end, size.end + size.value)));
    }
    offset = size.end + size.value;
  }
  return undefined;
}

function leb128(bytes: Uint8Array, offset: number): { value: number; end: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[offset + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if ((byte & 0x80) === 0) return { value, end: offset + index + 1 };
  }
  return { value, end: offset + 8 };
}

function readHeader(bits: BitReader): CodedColour | undefined {
  const profile = bits.read(3);
  bits.skip(1);
  const reduced = bits.flag();
  if (reduced) bits.skip(5);
  else skipTimingAndOperatingPoints(bits);
  const [widthBits, heightBits] = [bits.read(4) + 1, bits.read(4) + 1];
  bits.skip(widthBits + heightBits);
  if (!reduced && bits.flag()) bits.skip(4 + 3);
  // Superblock size, filter-intra and intra-edge filter.
  bits.skip(3);
  if (!reduced) skipInterTools(bits);
  // Super-resolution, CDEF and restoration.
  bits.skip(3);
  return readColour(bits, profile);
}

function skipTimingAndOperatingPoints(bits: BitReader): void {
  let delayBits = 0;
  if (bits.flag()) {
    bits.skip(32 + 32);
    if (bits.flag()) bits.skipUvlc();
    if (bits.flag()) {
      delayBits = bits.read(5) + 1;
      bits.skip(32 + 5 + 5);
    }
  }
  const hasDisplayDelay = bits.flag();
  const points = bits.read(5) + 1;
  for (let point = 0; point < points; point += 1) {
    bits.skip(OPERATING_POINT_BITS);
    if (bits.read(5) > 7) bits.skip(1);
    if (delayBits > 0 && bits.flag()) bits.skip(2 * delayBits + 1);
    if (hasDisplayDelay && bits.flag()) bits.skip(4);
  }
}

function skipInterTools(bits: BitReader): void {
  // Inter-intra, masked compound, warped motion and dual filter.
  bits.skip(4);
  const hasOrderHint = bits.flag();
  if (hasOrderHint) bits.skip(2);
  const choosesScreenContentTools = bits.flag();
  const hasScreenContentTools = choosesScreenContentTools || bits.flag();
  const forcesIntegerMotion = hasScreenContentTools && !bits.flag();
  if (forcesIntegerMotion) bits.skip(1);
  if (hasOrderHint) bits.skip(3);
}

function readColour(bits: BitReader, profile: number): CodedColour | undefined {
  const highDepth = bits.flag();
  if (profile === 2 && highDepth) bits.skip(1);
  if (profile !== 1) bits.skip(1);
  const statesColour = bits.flag();
  if (!statesColour || bits.ended) return undefined;
  // libheif has applied the range and the matrix when it returns RGB.
  return { primaries: bits.read(8), transfer: bits.read(8), fullRange: true };
}

class BitReader {
  private position = 0;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  read(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      const byte = this.bytes[this.position >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.position & 7))) & 1);
      this.position += 1;
    }
    return value;
  }

  flag(): boolean {
    return this.read(1) === 1;
  }

  skip(count: number): void {
    this.position += count;
  }

  /** Skips a number of variable length: n zeros, a one, and n more bits. */
  skipUvlc(): void {
    let zeros = 0;
    while (zeros < 32 && !this.ended && !this.flag()) zeros += 1;
    if (zeros < 32) this.skip(zeros);
  }

  get ended(): boolean {
    return this.position >= this.bytes.byteLength * 8;
  }
}
