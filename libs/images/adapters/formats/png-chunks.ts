export interface PngChunk {
  readonly name: string;
  /** The chunk's data, shorter than declared if the file ends early. */
  readonly data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The chunks of a PNG in order, up to and including IEND, or up to the end of the file. A chunk is
 * a length, a name, data and a checksum, which is not verified here: decoding does that.
 * https://www.w3.org/TR/png-3/#5Chunk-layout. Yields nothing if the bytes are not a PNG.
 */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = SIGNATURE.length;
  while (offset + 8 <= bytes.byteLength) {
    const length = view.getUint32(offset);
    const name = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    yield { name, data: bytes.subarray(offset + 8, offset + 8 + length) };
    if (name === 'IEND') return;
    offset += 12 + length;
  }
}

/** The chunks of a PNG before its pixels. */
export function* pngChunksBeforeData(bytes: Uint8Array): Generator<PngChunk> {
  for (const chunk of pngChunks(bytes)) {
    if (chunk.name === 'IDAT') return;
    yield chunk;
  }
}

/** Whether a PNG has a chunk with this name before its pixels. */
export function hasPngChunk(bytes: Uint8Array, name: string): boolean {
  for (const chunk of pngChunksBeforeData(bytes)) if (chunk.name === name) return true;
  return false;
}
