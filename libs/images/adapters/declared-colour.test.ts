import { describe, expect, it } from 'vitest';
import {
  avifWithNclx,
  colourAt,
  pictureFile,
  plain,
  pngFractions,
  withChunks,
} from '../testing/pictures.ts';
import { sharpProcessor } from './sharp-processor.ts';

const processor = sharpProcessor();

const shown = async (bytes: Uint8Array, x = 0.5) =>
  colourAt(await processor.resize(bytes, { imageId: 'i1', widthPx: 320, format: 'jpeg' }), x);
const expectNear = (actual: number[], expected: number[], tolerance = 3) =>
  expected.forEach((value, index) => {
    const message = `${actual} instead of ${expected}`;
    expect(Math.abs((actual[index] ?? 0) - value), message).toBeLessThanOrEqual(tolerance);
  });
const grey = (value: number) => [value, value, value];
const png = (red: number, green: number, blue: number) => plain(red, green, blue).png().toBuffer();
/** Full range, RGB. */
const cICP = (primaries: number, transfer: number, fullRange = 1) =>
  Uint8Array.of(primaries, transfer, 0, fullRange);

describe('an HDR picture', () => {
  // Left 21 cd/m², right the white of SDR, 202 cd/m².
  it.each([
    ['png-cicp-pq.png', 90, 255],
    ['avif-pq.avif', 90, 255],
    ['avif-hlg.avif', 95, 165],
  ])('%s is converted to SDR', async (name, left, right) => {
    const bytes = await pictureFile(name);
    expect(await processor.inspect(bytes)).toMatchObject({ widthPx: 320, heightPx: 160 });
    expectNear(await shown(bytes, 0.25), grey(left));
    expectNear(await shown(bytes, 0.75), grey(right));
  });

  it('of 16 bits is converted in 16 bits, with its transparency', async () => {
    const deep = await plain(148, 148, 148)
      .ensureAlpha(0.5)
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    const bytes = withChunks(deep, { cICP: cICP(9, 16) });
    const webp = await processor.resize(bytes, { imageId: 'i1', widthPx: 160, format: 'webp' });
    expectNear(await colourAt(webp, 0.5), grey(255));
    // The JPEG shows it half over white.
    expectNear(await shown(bytes), grey(255));
  });

  it('clips light above the white of SDR, and colours outside sRGB', async () => {
    const bright = withChunks(await png(220, 220, 220), { cICP: cICP(9, 16) });
    expectNear(await shown(bright), grey(255));
    const green = withChunks(await png(0, 255, 0), { cICP: cICP(9, 13) });
    expectNear(await shown(green), [0, 255, 0]);
  });
});

describe('a PNG', () => {
  it.each<[string, Record<string, Uint8Array>, number[], number[]]>([
    ['Display P3 by code points', { cICP: cICP(12, 13) }, [200, 60, 60], [218, 41, 52]],
    ['BT.2020 by code points', { cICP: cICP(9, 1) }, [120, 120, 120], grey(120)],
    ['a narrow range', { cICP: cICP(1, 13, 0) }, [235, 16, 126], [255, 0, 128]],
    ['linear light by gAMA', { gAMA: pngFractions(1) }, [55, 55, 55], grey(128)],
    ['the gamma of sRGB', { gAMA: pngFractions(0.45455) }, [30, 90, 200], [30, 90, 200]],
    [
      'P3 by cHRM',
      { cHRM: pngFractions(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06) },
      [200, 60, 60],
      [218, 41, 52],
    ],
    [
      'sRGB, which takes precedence over gAMA',
      { sRGB: Uint8Array.of(0), gAMA: pngFractions(1) },
      [55, 55, 55],
      grey(55),
    ],
    ['a gamma of 0', { gAMA: pngFractions(0) }, [55, 55, 55], grey(55)],
  ])('of %s is shown as browsers show it', async (_, chunks, stored, expected) => {
    expectNear(
      await shown(withChunks(await png(...(stored as [number, number, number])), chunks)),
      expected,
    );
  });

  it('shows code points rather than its ICC profile', async () => {
    const withProfile = await plain(200, 60, 60).withIccProfile('p3').png().toBuffer();
    const [asStored, coded] = [await png(180, 80, 70), cICP(1, 13)];
    expectNear(await shown(withProfile), [200, 60, 60]);
    expectNear(await shown(withChunks(asStored, { cICP: coded })), [180, 80, 70]);
    const stored = await plain(255, 0, 0).withIccProfile('p3').png().toBuffer();
    expectNear(await shown(withChunks(stored, { cICP: coded })), [234, 51, 35]);
  });

  it.each([
    ['logarithmic light', cICP(1, 9)],
    ['a reserved transfer function', cICP(1, 99)],
    ['reserved primaries', cICP(77, 13)],
    ['a matrix, which PNG does not allow', Uint8Array.of(1, 13, 6, 1)],
  ])('of %s is rejected with this reason', async (_, chunk) => {
    const bytes = withChunks(await png(99, 99, 99), { cICP: chunk });
    expect(await processor.inspect(bytes)).toEqual({ rejected: 'unsupported-colour' });
  });
});

describe('an AVIF', () => {
  it.each([
    ['sRGB', 1, 13, 148],
    ['unspecified colour', 2, 2, 148],
    ['BT.709', 1, 1, 148],
    ['Display P3', 12, 13, 148],
    ['Display P3 with HLG', 12, 18, 165],
    ['BT.2020 with PQ', 9, 16, 255],
    ['linear light', 1, 8, 200],
  ])('of %s is shown as meant', async (_, primaries, transfer, expected) => {
    expectNear(await shown(await avifWithNclx(primaries, transfer), 0.75), grey(expected));
  });

  it('of reserved code points is rejected with this reason', async () => {
    const bytes = await avifWithNclx(1, 200);
    expect(await processor.inspect(bytes)).toEqual({ rejected: 'unsupported-colour' });
  });

  it('without a colour box has the colour that its AV1 data state', async () => {
    const bytes = await pictureFile('avif-pq.avif');
    // The box becomes one that decoders skip.
    bytes.write('free', bytes.indexOf('colr'), 'latin1');
    expectNear(await shown(bytes, 0.75), grey(148));
    // In the sequence header, primaries, transfer and matrix change from 1, 13, 6 to 9, 16, 6.
    bytes.write('212200d2', bytes.indexOf(Buffer.from('2021a0d2', 'hex')), 'hex');
    expectNear(await shown(bytes, 0.75), grey(255));
  });
});

it.each(['srgb', 'p3'])('16 bits with the profile %s become sRGB, not Display P3', async (name) => {
  const red = plain(255, 0, 0).toColourspace('rgb16').withIccProfile(name);
  expectNear(await shown(await red.png().toBuffer()), [255, 0, 0]);
});
