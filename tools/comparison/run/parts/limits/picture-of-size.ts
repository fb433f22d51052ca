import sharp from 'sharp';
import { seededRandom } from '../../../statistics/index.ts';

const widthPx = 3600;
const heightPx = 2700;
/** A JPEG segment's length is two bytes, which it counts itself. */
const largestComment = 0xffff - 2;

/**
 * A JPEG of grain alone, which nothing can compress: as large as a picture of its width gets.
 * @param seed of the grain
 */
export async function grainyPicture(seed: number): Promise<Buffer> {
  const random = seededRandom(seed);
  const pixels = new Uint32Array(Math.ceil((widthPx * heightPx * 3) / 4));
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = random() * 2 ** 32;
  const bytes = Buffer.from(pixels.buffer).subarray(0, widthPx * heightPx * 3);
  return sharp(bytes, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality: 80, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/**
 * The same picture, filled up to so many bytes with comments, which every decoder reads over.
 * @throws RangeError when it is larger already, or the rest is too small for a comment
 */
export function filledUp(picture: Buffer, bytes: number): Buffer {
  const comments: Buffer[] = [];
  for (let left = bytes - picture.length; left > 0; ) {
    // Marker and length take four bytes; no rest may be smaller than that.
    const size = left > largestComment + 4 ? Math.min(largestComment, left - 4 - 4) : left - 4;
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
