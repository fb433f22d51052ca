import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ENCODED_FORMATS,
  ENCODER_REVISION,
  parseFormat,
  parseWidth,
  REQUESTABLE_FORMATS,
  renditionKey,
  renditionPath,
  renditionSize,
  WIDTHS_PX,
} from './rendition.ts';

const unsupported = expect.objectContaining({ kind: 'validation', code: 'unsupported-variant' });

describe('a rendition', () => {
  it('has one of the listed widths and formats', () => {
    expect(WIDTHS_PX.map((width) => parseWidth(String(width)))).toEqual(WIDTHS_PX);
    expect(REQUESTABLE_FORMATS.map(parseFormat)).toEqual(REQUESTABLE_FORMATS);
  });

  it.each(['0', '161', '0640', '640.0', '+640', ' 640', '6.4e2', '', 'NaN', '2561', '٦٤٠'])(
    'cannot have the width %j',
    (width) => {
      expect(() => parseWidth(width)).toThrow(unsupported);
    },
  );

  it.each(['png', 'JPEG', 'jpg', '', 'webp.webp', 'svg', '__proto__'])(
    'cannot have the format %j',
    (format) => {
      expect(() => parseFormat(format)).toThrow(unsupported);
    },
  );

  it('is stored under the path of its URL, in the folder of the encoder revision', () => {
    const rendition = { imageId: 'i_1', widthPx: 640, format: 'webp' } as const;
    expect(renditionPath(rendition)).toBe('images/i_1/w640.webp');
    const key = renditionKey(rendition);
    expect(key).toBe(`renditions/${ENCODER_REVISION}/images/i_1/w640.webp`);
  });
});

describe('the size of a rendition', () => {
  it.each([
    { width: 6000, height: 4000, widthPx: 640, format: 'avif', size: [640, 427] },
    { width: 6000, height: 4000, widthPx: 2560, format: 'avif', size: [2560, 1707] },
    { width: 300, height: 200, widthPx: 2560, format: 'webp', size: [300, 200] },
    { width: 160, height: 20_000, widthPx: 160, format: 'webp', size: [66, 8192] },
    { width: 2560, height: 4200, widthPx: 2560, format: 'jpeg', size: [2560, 4200] },
    { width: 2560, height: 4200, widthPx: 2560, format: 'avif', size: [1746, 2864] },
    { width: 2560, height: 8000, widthPx: 2560, format: 'jpeg', size: [1876, 5863] },
    { width: 1, height: 1, widthPx: 2560, format: 'jpeg', size: [1, 1] },
    { width: 50_000, height: 1, widthPx: 160, format: 'jpeg', size: [160, 1] },
  ] as const)('of $width × $height px as w$widthPx.$format is $size', (example) => {
    const { width, height } = renditionSize(example, example);
    expect([width, height]).toEqual(example.size);
  });

  it('is within all limits', () => {
    const side = fc.integer({ min: 1, max: 60_000 });
    const rendition = fc.record({
      widthPx: fc.constantFrom(...WIDTHS_PX),
      format: fc.constantFrom(...ENCODED_FORMATS),
    });
    fc.assert(
      fc.property(side, side, rendition, (width, height, { widthPx, format }) => {
        const size = renditionSize({ width, height }, { widthPx, format });
        expect(size.width).toBeGreaterThanOrEqual(1);
        expect(size.height).toBeGreaterThanOrEqual(1);
        expect(size.width).toBeLessThanOrEqual(Math.min(width, widthPx));
        expect(size.height).toBeLessThanOrEqual(Math.min(height, 8_192));
        const megapixels = (size.width * size.height) / 1e6;
        expect(megapixels).toBeLessThan({ avif: 5.01, webp: 7.01, jpeg: 11.01 }[format]);
      }),
    );
  });
});
