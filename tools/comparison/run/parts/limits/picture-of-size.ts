import sharp from 'sharp';
import { seededRandom } from '../../../statistics/index.ts';

const WIDTH_PX = 3600;
const HEIGHT_PX = 2700;
/** A JPEG segment has a two-byte length, which includes the length field itself. */
const LARGEST_COMMENT = 0xffff - 2;

/**
 * Draws a JPEG of random noise, which hardly compresses and so is as large as a picture of its width can be.
 * @param seed seed of the noise
 */
export async function grainyPicture(seed: number): Promise<Buffer> {
  const random = seededRandom(seed);
  const pixels = new Uint32Array(Math.ceil((WIDTH_PX * HEIGHT_PX * 3) / 4));
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = random() * 2 ** 32;
  const bytes = Buffer.from(pixels.buffer).subarray(0, WIDTH_PX * HEIGHT_PX * 3);
  return sharp(bytes, { raw: { width: WIDTH_PX, height: HEIGHT_PX, channels: 3 } })
    .jpeg({ quality: 80, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/**
 * Pads a JPEG to an exact size with comments, which decoders ignore.
 * @throws RangeError if the picture is already larger or the difference is too small for a comment
 */
export function padToSize(picture: Buffer, bytes: number): Buffer {
  const comments: Buffer[] = [];
  for (let left = bytes - picture.length; left > 0; ) {
    // Marker and length take four bytes, so the remainder must not be smaller.
    const size = left > LARGEST_COMMENT + 4 ? Math.min(LARGEST_COMMENT, left - 4 - 4) : left - 4;
    if (size < 0) throw new RangeError(`no comment fits into ${left} bytes`);
    const head = Buffer.from([0xff, 0xfe, 0, 0]);
    head.writeUInt16BE(size + 2, 2);
    comments.push(head, Buffer.alloc(size, 0x20));
    left -= size + 4;
  }
  const filled = Buffer.concat([picture.subarray(0, 2), ...comments, picture.subarray(2)]);
  if (filled.length !== bytes)
    throw new RangeError(`the picture has ${picture.length} bytes already`);
  return filled;
}
