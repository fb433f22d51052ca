import { createHash } from 'node:crypto';
import type { Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { ENCODED_FORMATS, ENCODER_REVISION, renditionSize, WIDTHS_PX } from '../core/index.ts';
import { colourAt, pictureFile, plain, pngFractions, withChunks } from '../testing/pictures.ts';
import { encode } from './sharp-encoders.ts';
import { sharpProcessor } from './sharp-processor.ts';

/**
 * What the current revision makes. If a test below fails, what a URL returns has changed: increment
 * `ENCODER_REVISION` and the CDN's origin path, then record the new values together with it. Never
 * record them under the old revision: its renditions are cached and stored.
 */
const RECORDED = {
  revision: 2,
  settings: 'V0igOAzHdrU4Retx',
  sizes: 'ZptyBzNTn_SOAJZU',
  colours: {
    'without a profile': [201, 90, 41],
    'with a profile': [201, 90, 41],
    'with gAMA': [229, 160, 110],
    PQ: [242, 242, 242],
    HLG: [165, 165, 165],
  },
};

const processor = sharpProcessor();
const hash = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);

/** Every call that encoding makes on sharp, with its settings. */
function callsOfEncode(
  format: (typeof ENCODED_FORMATS)[number],
  pixels: number,
  transparent: boolean,
) {
  const calls: unknown[] = [];
  const recorder: Sharp = new Proxy({} as Sharp, {
    get: (_, name) => (options: unknown) => {
      calls.push([name, options]);
      return recorder;
    },
  });
  encode(recorder, format, { pixels, transparent });
  return calls;
}

describe(`revision ${ENCODER_REVISION} of the encoder`, () => {
  it('has the recorded settings', () => {
    const sizes = Array.from({ length: 112 }, (_, index) => (index + 1) * 100_000);
    const settings = ENCODED_FORMATS.flatMap((format) =>
      [false, true].flatMap((transparent) =>
        sizes.map((pixels) => callsOfEncode(format, pixels, transparent)),
      ),
    );
    expect({ revision: ENCODER_REVISION, settings: hash(settings) }).toEqual({
      revision: RECORDED.revision,
      settings: RECORDED.settings,
    });
  });

  it('makes the recorded sizes', () => {
    const originals = [
      { width: 6_000, height: 4_000 },
      { width: 300, height: 200 },
      { width: 3_000, height: 9_000 },
      { width: 160, height: 20_000 },
    ];
    const sizes = originals.flatMap((original) =>
      ENCODED_FORMATS.flatMap((format) =>
        WIDTHS_PX.map((widthPx) => renditionSize(original, { widthPx, format })),
      ),
    );
    expect({ revision: ENCODER_REVISION, sizes: hash(sizes) }).toEqual({
      revision: RECORDED.revision,
      sizes: RECORDED.sizes,
    });
  });

  it('makes the recorded colours', async () => {
    const originals: Record<string, Uint8Array> = {
      'without a profile': await plain(200, 90, 40).png().toBuffer(),
      'with a profile': await plain(200, 90, 40).withIccProfile('p3').png().toBuffer(),
      'with gAMA': withChunks(await plain(200, 90, 40).png().toBuffer(), {
        gAMA: pngFractions(1),
      }),
      PQ: await pictureFile('png-cicp-pq.png'),
      HLG: await pictureFile('avif-hlg.avif'),
    };
    const colours: Record<string, number[]> = {};
    for (const [name, bytes] of Object.entries(originals)) {
      const made = await processor.resize(bytes, { imageId: 'i1', widthPx: 160, format: 'webp' });
      colours[name] = await colourAt(made, 0.5);
    }
    expect(ENCODER_REVISION).toBe(RECORDED.revision);
    // Other processors may round differently.
    const about = (value: number) => expect.closeTo(value, -1);
    expect(colours).toEqual(
      Object.fromEntries(
        Object.entries(RECORDED.colours).map(([name, colour]) => [name, colour.map(about)]),
      ),
    );
  });
});
