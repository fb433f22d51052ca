import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** A small picture from the folder `pictures`. */
export function pictureFile(name: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, 'pictures', name));
}

/** A chunk of a PNG. */
export function pngChunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(named.byteLength + 8);
  framed.writeUInt32BE(data.byteLength);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.byteLength + 4);
  return framed;
}

const IHDR_END = 8 + 25;

/** Adds chunks to a PNG, before its data. */
export function withChunks(png: Buffer, chunks: Record<string, Uint8Array>): Buffer {
  const added = Object.entries(chunks).map(([name, data]) => pngChunk(name, data));
  return Buffer.concat([png.subarray(0, IHDR_END), ...added, png.subarray(IHDR_END)]);
}

/** Unsigned integers of 32 bits, each a fraction times 100,000, as in `gAMA` and `cHRM`. */
export function pngFractions(...fractions: number[]): Buffer {
  const data = Buffer.alloc(4 * fractions.length);
  for (const [index, value] of fractions.entries()) {
    data.writeUInt32BE(Math.round(value * 100_000), 4 * index);
  }
  return data;
}

/** `avif-pq.avif` with other code points in its `nclx` box. */
export async function avifWithNclx(primaries: number, transfer: number): Promise<Buffer> {
  const avif = await pictureFile('avif-pq.avif');
  const at = avif.indexOf('nclx') + 4;
  avif.writeUInt16BE(primaries, at);
  avif.writeUInt16BE(transfer, at + 2);
  return avif;
}

/** A picture of one colour. */
export function plain(red: number, green: number, blue: number) {
  return sharp({
    create: { width: 48, height: 32, channels: 3, background: { r: red, g: green, b: blue } },
  });
}

/** The colour at a place of an encoded picture, as fractions of its width and height. */
export async function colourAt(encoded: Uint8Array, x: number, y = 0.5): Promise<number[]> {
  const { data, info } = await sharp(encoded).raw().toBuffer({ resolveWithObject: true });
  const column = Math.floor(x * info.width);
  const start = (Math.floor(y * info.height) * info.width + column) * info.channels;
  return [...data.subarray(start, start + 3)];
}
