import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENCODED_FORMATS, isRejection, WIDTHS_PX } from '../core/index.ts';
import { avifWithNclx, pictureFile } from '../testing/pictures.ts';
import { sharpProcessor } from './sharp-processor.ts';

const processor = sharpProcessor();

/** Detail everywhere, so that each byte matters. */
function detailed(width: number, height: number) {
  let grain = 7;
  const pixels = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, index) => {
      grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) >>> 0;
      return ((index / 3) % 200) + (grain >>> 27);
    }),
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const cut = (bytes: Uint8Array, count: number) => bytes.subarray(0, bytes.byteLength - count);
const half = (bytes: Buffer) => bytes.subarray(0, bytes.byteLength / 2);
const followed = (bytes: Uint8Array, count: number) =>
  Buffer.concat([bytes, Buffer.alloc(count, 9)]);
const [w, h] = [96, 72];

describe('a complete picture is accepted', () => {
  it.each(['no-eoi.jpg', 'small-no-eoi.jpg', 'progressive-no-eoi.jpg'])(
    'without the end marker: %s',
    async (name) => {
      expect(await processor.inspect(await pictureFile(name))).toMatchObject({ format: 'jpeg' });
    },
  );

  it.each<[string, () => Promise<Uint8Array>]>([
    ['a JPEG without its end marker', async () => cut(await detailed(w, h).jpeg().toBuffer(), 2)],
    [
      'a JPEG without half of its end marker',
      async () => cut(await detailed(w, h).jpeg().toBuffer(), 1),
    ],
    [
      'a JPEG with other bytes instead of its end marker',
      async () => followed(cut(await detailed(w, h).jpeg().toBuffer(), 2), 40),
    ],
    [
      'a progressive JPEG without its end marker',
      async () => cut(await detailed(w, h).jpeg({ progressive: true }).toBuffer(), 2),
    ],
    [
      'a CMYK JPEG without its end marker',
      async () => cut(await detailed(w, h).toColourspace('cmyk').jpeg().toBuffer(), 2),
    ],
    ['a PNG without IEND', async () => cut(await detailed(w, h).png().toBuffer(), 12)],
    ['a PNG without half of IEND', async () => cut(await detailed(w, h).png().toBuffer(), 6)],
    [
      'a JPEG followed by other bytes',
      async () => followed(await detailed(w, h).jpeg().toBuffer(), 99),
    ],
    [
      'a PNG followed by other bytes',
      async () => followed(await detailed(w, h).png().toBuffer(), 99),
    ],
    [
      'a WebP followed by other bytes',
      async () => followed(await detailed(w, h).webp().toBuffer(), 99),
    ],
    [
      'an AVIF followed by other bytes',
      async () => followed(await detailed(w, h).avif({ effort: 0 }).toBuffer(), 99),
    ],
  ])('%s', async (_, make) => {
    const bytes = await make();
    expect(await processor.inspect(bytes)).toMatchObject({ widthPx: w, heightPx: h });
    const jpeg = await processor.resize(bytes, { imageId: 'i1', widthPx: 160, format: 'jpeg' });
    expect(await sharp(jpeg).metadata()).toMatchObject({ width: w, height: h });
  });
});

describe('a JPEG that is damaged before its end marker', () => {
  const END = Buffer.from('ffd9', 'hex');
  const zeroed = (jpeg: Buffer, from: number, count: number) => {
    const at = Math.floor(jpeg.byteLength * from);
    return Buffer.from(jpeg).fill(0, at, at + count);
  };

  it.each<[string, () => Promise<Uint8Array>]>([
    [
      'an end marker behind a cut',
      async () => Buffer.concat([await pictureFile('cut-600x450.jpg'), END]),
    ],
    [
      'an end marker behind half of a file',
      async () => {
        const jpeg = await detailed(w, h).jpeg().toBuffer();
        return Buffer.concat([jpeg.subarray(0, jpeg.byteLength / 2), END]);
      },
    ],
    ['zeroes', async () => zeroed(await detailed(600, 450).jpeg().toBuffer(), 0.5, 1_000)],
    [
      'zeroes in a scan of a progressive file',
      async () => zeroed(await detailed(600, 450).jpeg({ progressive: true }).toBuffer(), 0.9, 500),
    ],
  ])('is accepted, and served in every format, with %s', async (_, make) => {
    const bytes = await make();
    expect(await processor.inspect(bytes)).toMatchObject({ format: 'jpeg' });
    for (const format of ENCODED_FORMATS) {
      const made = await processor.resize(bytes, { imageId: 'i1', widthPx: 320, format });
      expect((await sharp(made).metadata()).width).toBeLessThanOrEqual(320);
    }
  });
});

describe('a file beyond a limit of its decoder', () => {
  it.each(['iinf', 'iloc'])('is rejected, not retried: 65,535 items in %s', async (box) => {
    const avif = await pictureFile('base.avif');
    avif.writeUInt16BE(0xffff, avif.indexOf(box) + (box === 'iinf' ? 8 : 10));
    expect(isRejection(await processor.inspect(avif))).toBe(true);
  });

  it('takes little memory: 268 million extents without a byte of their own', async () => {
    const box = (type: string, content: Buffer) => {
      const header = Buffer.alloc(8);
      header.writeUInt32BE(8 + content.byteLength);
      header.write(type, 4, 'latin1');
      return Buffer.concat([header, content]);
    };
    const [items, itemBytes] = [4_096, 6];
    const iloc = Buffer.alloc(8 + items * itemBytes);
    iloc.writeUInt16BE(items, 6);
    for (let end = 8 + itemBytes; end <= iloc.byteLength; end += itemBytes) {
      iloc.writeUInt16BE(0xffff, end - 2);
    }
    const meta = Buffer.concat([Buffer.alloc(4), box('iloc', iloc)]);
    const avif = Buffer.concat([box('ftyp', Buffer.from('avif\0\0\0\0avif')), box('meta', meta)]);
    expect(isRejection(await processor.inspect(avif))).toBe(true);
  });
});

describe('an original that only an older version accepted', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['a PNG that ends early', async () => half(await detailed(w, h).png().toBuffer())],
    ['an AVIF that ends early', async () => half(await detailed(w, h).avif().toBuffer())],
    ['not a picture', async () => Buffer.from('<svg/>')],
    ['in a colour space that cannot be converted', () => avifWithNclx(1, 99)],
  ])('is an error of the picture, not of the service: %s', async (_, read) => {
    const bytes = await read();
    expect(isRejection(await processor.inspect(bytes))).toBe(true);
    for (const format of ENCODED_FORMATS) {
      await expect(
        processor.resize(bytes, { imageId: 'i1', widthPx: 160, format }),
      ).rejects.toMatchObject({ kind: 'unprocessable', code: 'undecodable-image' });
    }
  });
});

it('serves a JPEG that ends early, with grey, if an older version accepted it', async () => {
  const bytes = await pictureFile('cut-600x450.jpg');
  const made = await processor.resize(bytes, { imageId: 'i1', widthPx: 320, format: 'webp' });
  expect((await sharp(made).metadata()).height).toBe(240);
});

describe('a picture that lacks pixels is truncated', () => {
  let files: Record<string, Buffer>;
  beforeAll(async () => {
    files = {
      jpeg: await detailed(w, h).jpeg().toBuffer(),
      progressive: await detailed(w, h).jpeg({ progressive: true }).toBuffer(),
      png: await detailed(w, h).png().toBuffer(),
      webp: await detailed(w, h).webp().toBuffer(),
      avif: await detailed(w, h).avif({ effort: 0 }).toBuffer(),
    };
  });

  it.each(['jpeg', 'progressive', 'png', 'webp', 'avif'])('%s, cut anywhere', async (kind) => {
    const file = files[kind] ?? Buffer.alloc(0);
    for (const share of [0.15, 0.3, 0.5, 0.8, 0.97]) {
      const part = file.subarray(0, Math.floor(file.byteLength * share));
      expect(await processor.inspect(part), `${share} of a ${kind}`).toEqual({
        rejected: 'truncated-image',
      });
    }
  });

  // Decoders that only shrink the picture do not read the last rows of some heights.
  it.each([437, 448, 449, 450, 451, 452, 480, 900])(
    '%d px high, without its last 20 bytes',
    async (height) => {
      const jpeg = cut(await detailed(60, height).jpeg().toBuffer(), 20);
      expect(await processor.inspect(jpeg)).toEqual({ rejected: 'truncated-image' });
    },
  );

  it('is rejected with 450 px of height: cut-600x450.jpg', async () => {
    expect(await processor.inspect(await pictureFile('cut-600x450.jpg'))).toEqual({
      rejected: 'truncated-image',
    });
  });

  it('a progressive JPEG that ends between two scans', async () => {
    const file = files.progressive ?? Buffer.alloc(0);
    const lastScan = file.lastIndexOf(Buffer.from('ffda', 'hex'));
    expect(await processor.inspect(file.subarray(0, lastScan))).toEqual({
      rejected: 'truncated-image',
    });
  });
});

describe('an accepted picture is served in every width and format', () => {
  const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
    sharp({
      create: { width, height, channels, background: { r: 200, g: 30, b: 30, alpha: 0.5 } },
    });

  it.each<[string, () => Promise<Uint8Array>]>([
    ['one pixel', () => plain(1, 1).png().toBuffer()],
    ['a line', () => plain(9_000, 1).jpeg().toBuffer()],
    ['a column', () => plain(1, 9_000).webp().toBuffer()],
    [
      'grey with 16 bits and transparency',
      () => plain(9, 7, 4).toColourspace('grey16').png().toBuffer(),
    ],
    ['a palette with transparency', () => plain(9, 7, 4).png({ palette: true }).toBuffer()],
    ['CMYK', () => plain(9, 7).toColourspace('cmyk').jpeg().toBuffer()],
    ['an AVIF of 10 bits', () => plain(9, 7, 4).avif({ bitdepth: 10, effort: 0 }).toBuffer()],
    ['a JPEG without its end marker', () => pictureFile('small-no-eoi.jpg')],
    ['HDR', () => pictureFile('avif-hlg.avif')],
  ])('%s', async (_, make) => {
    const bytes = await make();
    const verdict = await processor.inspect(bytes);
    expect(isRejection(verdict)).toBe(false);
    for (const format of ENCODED_FORMATS) {
      for (const widthPx of WIDTHS_PX) {
        const made = await processor.resize(bytes, { imageId: 'i1', widthPx, format });
        expect((await sharp(made).metadata()).width).toBeLessThanOrEqual(widthPx);
      }
    }
  });

  it('an AVIF whose main brand is that of HEIF', async () => {
    const avif = await pictureFile('base.avif');
    avif.write('mif1', avif.indexOf('avif'), 'latin1');
    expect(await processor.inspect(avif)).toMatchObject({ format: 'avif' });
  });
});
