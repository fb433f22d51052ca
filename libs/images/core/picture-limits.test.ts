import { describe, expect, it } from 'vitest';
import { exceedsLimits, MEMORY_MB, MOST_INSPECTION_MB, peakMemoryMb } from './picture-limits.ts';
import { ENCODED_FORMATS } from './rendition.ts';

const plain = {
  deep: false,
  interlaced: false,
  transparent: false,
  profile: false,
  cmyk: false,
  scans: 1,
};
const square = (format: string, megapixels: number) => {
  const side = Math.floor(Math.sqrt(megapixels * 1e6));
  return { widthPx: side, heightPx: side, format };
};

describe('the limit', () => {
  it.each([
    ['jpeg', 50, plain],
    ['jpeg', 50, { ...plain, scans: 4 }],
    ['jpeg', 20, { ...plain, scans: 10 }],
    ['jpeg', 1, { ...plain, scans: 200 }],
    ['jpeg', 5, { ...plain, cmyk: true }],
    ['jpeg', 5, { ...plain, cmyk: true, profile: true, scans: 18 }],
    ['png', 50, plain],
    ['png', 8, { ...plain, deep: true }],
    ['png', 8, { ...plain, interlaced: true }],
    ['png', 4.2, { ...plain, deep: true, transparent: true }],
    ['png', 4.2, { ...plain, deep: true, profile: true }],
    ['png', 4.2, { ...plain, interlaced: true, profile: true }],
    ['png', 4.2, { ...plain, deep: true, interlaced: true, transparent: true }],
    ['webp', 30, plain],
    ['avif', 6.6, plain],
    ['avif', 3.7, { ...plain, deep: true }],
    ['avif', 3.7, { ...plain, transparent: true }],
    ['png', 12, { ...plain, transparent: true }],
    ['webp', 12, { ...plain, transparent: true }],
    ['png', 12, { ...plain, profile: true }],
    ['jpeg', 50, { ...plain, profile: true }],
  ] as const)('of %s is %d megapixels with %o', (format, megapixels, work) => {
    expect(exceedsLimits(square(format, megapixels), work)).toBe(false);
    expect(exceedsLimits(square(format, megapixels * 1.01), work)).toBe(true);
  });
});

describe('the memory for a picture', () => {
  it.each([
    ['jpeg', 50],
    ['png', 50],
    ['webp', 30],
    ['avif', 6.6],
  ])(
    'fits into a process for every %s that is accepted, in any proportions',
    (format, megapixels) => {
      const pixels = megapixels * 1e6;
      for (let widthPx = 1; widthPx < 60_000; widthPx *= 1.5) {
        const facts = { widthPx, heightPx: pixels / widthPx, format };
        for (const made of ENCODED_FORMATS) {
          const most = peakMemoryMb(facts, { widthPx: 2560, format: made });
          expect(most).toBeLessThanOrEqual(MEMORY_MB);
        }
      }
      expect(MOST_INSPECTION_MB).toBeLessThanOrEqual(MEMORY_MB);
    },
  );

  it('depends on the format', () => {
    const of = (format: string) =>
      peakMemoryMb(square(format, 12), { widthPx: 640, format: 'jpeg' });
    expect(of('avif')).toBeGreaterThan(2 * of('jpeg'));
    // Originals that an older version accepted may have a format or a size beyond today's limits.
    expect(of('unknown')).toBe(of('avif'));
  });
});
