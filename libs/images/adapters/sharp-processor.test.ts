import { deflateSync } from 'node:zlib';
import type { ImageRejectCode } from '@triptych/events';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENCODED_FORMATS, WIDTHS_PX } from '../core/index.ts';
import { pngChunk } from '../testing/pictures.ts';
import { sharpProcessor } from './sharp-processor.ts';

const processor = sharpProcessor();

/** A picture that is red on the left and blue on the right, so that its orientation shows. */
function picture(width: number, height: number, channels: 3 | 4 = 3) {
  const pixels = Buffer.alloc(width * height * channels, 255);
  for (let index = 0; index < width * height; index += 1) {
    const left = index % width < width / 2;
    pixels.set(left ? [220, 20, 20] : [20, 20, 220], index * channels);
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

async function colourAt(bytes: Uint8Array, x: number, y: number) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
}

const isRed = ([red = 0, , blue = 0]: number[]) => red > 150 && blue < 90;

describe('resizing', () => {
  let wide: Buffer;
  beforeAll(async () => {
    wide = await picture(2880, 90).jpeg().toBuffer();
  });

  for (const format of ENCODED_FORMATS) {
    it.each(WIDTHS_PX)(`makes ${format} of %d px`, async (widthPx) => {
      const bytes = await processor.resize(wide, { imageId: 'i1', widthPx, format });
      const made = await sharp(bytes).metadata();
      expect(made.width).toBe(widthPx);
      expect(made.height).toBe(widthPx / 32);
      expect(made.format).toBe(format === 'avif' ? 'heif' : format);
      expect(isRed(await colourAt(bytes, 3, 2))).toBe(true);
    });
  }

  it('never enlarges', async () => {
    const small = await picture(300, 200).png().toBuffer();
    const bytes = await processor.resize(small, { imageId: 'i1', widthPx: 2560, format: 'webp' });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 300, height: 200 });
  });

  it('turns pictures upright and removes their metadata', async () => {
    const lying = await picture(400, 200)
      .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(lying).metadata()).exif).toBeDefined();
    const bytes = await processor.resize(lying, { imageId: 'i1', widthPx: 160, format: 'jpeg' });
    const made = await sharp(bytes).metadata();
    expect([made.width, made.height]).toEqual([160, 320]);
    expect(made).not.toHaveProperty('exif');
    expect(made.orientation ?? 1).toBe(1);
    // Turned by 90° to the right, the left side is at the top.
    expect(isRed(await colourAt(bytes, 80, 20))).toBe(true);
    expect(isRed(await colourAt(bytes, 80, 300))).toBe(false);
  });

  it('renders transparency as white if the format has none', async () => {
    const clear = await sharp({
      create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const jpeg = await processor.resize(clear, { imageId: 'i1', widthPx: 160, format: 'jpeg' });
    expect(await colourAt(jpeg, 80, 80)).toEqual([255, 255, 255]);
    const webp = await processor.resize(clear, { imageId: 'i1', widthPx: 160, format: 'webp' });
    expect((await sharp(webp).metadata()).hasAlpha).toBe(true);
  });

  it('makes a tall picture narrower, to stay within the height limit of WebP', async () => {
    const strip = await picture(160, 20_000).jpeg().toBuffer();
    const bytes = await processor.resize(strip, { imageId: 'i1', widthPx: 160, format: 'webp' });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 66, height: 8192 });
  });
});

describe('inspecting', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('accepts %s', async (format) => {
    const bytes = await picture(64, 48).toFormat(format).toBuffer();
    expect(await processor.inspect(bytes)).toEqual({ widthPx: 64, heightPx: 48, format });
  });

  it('returns the dimensions of the upright picture', async () => {
    const lying = await picture(64, 48).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    expect(await processor.inspect(lying)).toEqual({ widthPx: 48, heightPx: 64, format: 'jpeg' });
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
  const frame = (red: number) => ({
    create: { width: 8, height: 8, channels: 3 as const, background: { r: red, g: 0, b: 0 } },
  });
  const frames = async () =>
    sharp(await Promise.all([90, 200].map((red) => sharp(frame(red)).png().toBuffer())), {
      join: { animated: true },
    });
  const half = (bytes: Buffer) => bytes.subarray(0, bytes.byteLength / 2);

  it.each<[string, ImageRejectCode, () => Promise<Uint8Array>]>([
    ['an empty file', 'unsupported-image', async () => new Uint8Array()],
    ['text', 'unsupported-image', async () => Buffer.from('not a picture')],
    ['SVG', 'unsupported-image', async () => Buffer.from(svg)],
    ['GIF', 'unsupported-image', () => picture(8, 8).gif().toBuffer()],
    ['TIFF', 'unsupported-image', () => picture(8, 8).tiff().toBuffer()],
    ['an animated WebP', 'unsupported-image', async () => (await frames()).webp().toBuffer()],
    ['half a JPEG', 'truncated-image', async () => half(await picture(400, 300).jpeg().toBuffer())],
    ['half a PNG', 'truncated-image', async () => half(await picture(400, 300).png().toBuffer())],
    ['half a WebP', 'truncated-image', async () => half(await picture(400, 300).webp().toBuffer())],
    [
      'half an AVIF',
      'truncated-image',
      async () => half(await picture(400, 300).avif().toBuffer()),
    ],
    [
      'a header without data',
      'truncated-image',
      async () => (await picture(400, 300).png().toBuffer()).subarray(0, 40),
    ],
    ['a decompression bomb', 'too-many-pixels', async () => blackPng(8_000, 6_251)],
    [
      'CMYK of 5.1 megapixels',
      'too-many-pixels',
      () => picture(2_550, 2_000).toColourspace('cmyk').jpeg().toBuffer(),
    ],
  ])('rejects %s as %s', async (_, code, make) => {
    expect(await processor.inspect(await make())).toEqual({ rejected: code });
  });

  it('accepts 50 megapixels', async () => {
    expect(await processor.inspect(blackPng(8_000, 6_250))).toMatchObject({ heightPx: 6_250 });
  });
});

/** A large picture in few bytes: a black PNG with one bit per pixel. */
function blackPng(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', Buffer.concat([size, Buffer.from([1, 0, 0, 0, 0])])),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
