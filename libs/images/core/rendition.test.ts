import { describe, expect, it } from 'vitest';
import { parseFormat, parseWidth, requestableFormats, variantKey, widthsPx } from './variant.ts';

const unsupported = expect.objectContaining({ kind: 'validation', code: 'unsupported-variant' });

describe('variants', () => {
  it('come in the listed widths and formats', () => {
    expect(widthsPx.map((width) => parseWidth(String(width)))).toEqual(widthsPx);
    expect(requestableFormats.map(parseFormat)).toEqual(requestableFormats);
  });

  it.each(['0', '161', '0640', '640.0', '+640', ' 640', '6.4e2', '', 'NaN', '2561', '٦٤٠'])(
    'refuse the width %j',
    (width) => {
      expect(() => parseWidth(width)).toThrow(unsupported);
    },
  );

  it.each(['png', 'JPEG', 'jpg', '', 'webp.webp', 'svg', '__proto__'])(
    'refuse the format %j',
    (format) => {
      expect(() => parseFormat(format)).toThrow(unsupported);
    },
  );

  it('are stored under the path of their URL, where a CDN looks for them', () => {
    expect(variantKey({ imageId: 'i_1', widthPx: 640, format: 'webp' })).toBe(
      'images/i_1/w640.webp',
    );
  });
});
