import { describe, expect, it } from 'vitest';
import {
  parseFormat,
  parseWidth,
  REQUESTABLE_FORMATS,
  renditionKey,
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

  it('is stored under the path of its URL, where a CDN looks for it', () => {
    expect(renditionKey({ imageId: 'i_1', widthPx: 640, format: 'webp' })).toBe(
      'images/i_1/w640.webp',
    );
  });
});
