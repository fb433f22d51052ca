import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A detailed picture, so that half of the file cannot hold all of it. */
export function still(
  format: 'jpeg' | 'png' | 'webp' | 'avif',
  width = 400,
  height = 300,
): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, index) => (index * index) % 251),
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG of 10 000 × 10 000 black pixels, one bit each: about 12 KiB that decode to 100 megapixels. */
export function bomb(): Buffer {
  const side = 10_000;
  const rows = Buffer.alloc(side * (1 + side / 8));
  return png(header(side, side, 1, 0), chunk('IDAT', deflateSync(rows)));
}

/**
 * A PNG of 16 × 16 pixels with the code points of ITU-T H.273 for its primaries and its transfer
 * function. All of its pixels have the code value 148.
 */
export function coded(primaries: number, transfer: number): Buffer {
  const side = 16;
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * side, 148)]);
  return png(
    header(side, side, 8, 2),
    chunk('cICP', Buffer.from([primaries, transfer, 0, 1])),
    chunk('IDAT', deflateSync(Buffer.concat(Array<Buffer>(side).fill(row)))),
  );
}

/** Two frames as in https://www.w3.org/TR/png-3/, with acTL before the data. */
export function animatedPng(): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  const frame = (sequence: number) => {
    const data = Buffer.alloc(26);
    data.writeUInt32BE(sequence, 0);
    data.writeUInt32BE(1, 4);
    data.writeUInt32BE(1, 8);
    return chunk('fcTL', data);
  };
  const pixel = deflateSync(Buffer.from([0, 0]));
  return png(
    header(1, 1, 8, 0),
    chunk('acTL', control),
    frame(0),
    chunk('IDAT', pixel),
    frame(1),
    chunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, 2]), pixel])),
  );
}

/** A GIF89a of one pixel with this many frames. */
export function animatedGif(frames: number): Buffer {
  // Signature, 1 × 1, two colours: black and white.
  const start = Buffer.from('47494638396101000100800000000000ffffff', 'hex');
  const loop = Buffer.from('21ff0b4e45545343415045322e300301000000', 'hex');
  const frame = Buffer.from('21f904000a0000002c00000000010001000002024401003b', 'hex').subarray(
    0,
    -1,
  );
  return Buffer.concat([start, loop, ...Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])]);
}

/** A WebP in which each frame differs from the previous one. */
export function animatedWebp(frames: number): Promise<Buffer> {
  const pages = Buffer.from(
    Array.from({ length: frames * 4 * 4 * 3 }, (_, index) => Math.floor(index / 48) % 256),
  );
  return sharp(pages, { raw: { width: 4, height: 4 * frames, channels: 3, pageHeight: 4 } })
    .webp({ effort: 0 })
    .toBuffer();
}

function header(width: number, height: number, depth: number, colour: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.writeUInt8(depth, 8);
  data.writeUInt8(colour, 9);
  return chunk('IHDR', data);
}

const png = (...chunks: Buffer[]) =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ]);

function chunk(name: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}
