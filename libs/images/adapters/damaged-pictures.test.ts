import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENCODED_FORMATS, isRejection, WIDTHS_PX } from '../core/index.ts';
import { pictureFile } from '../testing/pictures.ts';
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
