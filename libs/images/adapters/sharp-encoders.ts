import type { Sharp } from 'sharp';
import type { EncodedFormat } from '../core/index.ts';

const CAREFUL_AVIF = { quality: 55, effort: 2 } as const;
/** A seventh of the time. The files are about 40 % larger, and not larger than WebP. */
const QUICK_AVIF = { quality: 55, effort: 0, chromaSubsampling: '4:2:0' } as const;
/** A rendition of 960 px in the proportions of a photograph has 0.6 megapixels. */
const MAX_CAREFUL_AVIF_PIXELS = 650_000;

const CAREFUL_WEBP = { quality: 80, effort: 2 } as const;
/** A quarter of the time if the transparency is noise, which is otherwise encoded without loss. */
const QUICK_TRANSPARENT_WEBP = { quality: 80, effort: 0, alphaQuality: 60 } as const;
/** A rendition of 1280 px in the proportions of a photograph has 1.1 megapixels. */
const MAX_CAREFUL_WEBP_PIXELS = 1_300_000;

/**
 * Encodes a picture. Metadata, such as the place where a photo was taken, is dropped by default,
 * and colours become sRGB.
 *
 * The settings were chosen by measuring six of the seed's pictures: median CPU milliseconds
 * (n = 18), mean kilobytes, and PSNR against the resized original. One thread, Node 24.21, sharp
 * 0.35.5, on a busy machine with two cores, so compare rows, not machines. `*` marks the settings
 * in use.
 *
 * |                     | 640 px: ms · kB · dB | 1920 px: ms · kB · dB |
 * | ------------------- | -------------------- | --------------------- |
 * | jpeg q80          * | 37 · 21.1 · 40.1     | 141 · 103 · 44.8      |
 * | jpeg q80 mozjpeg    | 72 · 17.6 · 39.7     | 391 · 80 · 44.5       |
 * | webp q80 effort 2 * | 51 · 10.2 · 40.4     | 228 · 42 · 44.0       |
 * | webp q80 effort 4   | 77 · 9.9 · 40.5      | 440 · 40 · 44.2       |
 * | avif q55 effort 0   | 79 · 10.1 · 40.4     | 295 · 43 · 45.4       |
 * | avif q55 effort 2 * | 229 · 7.3 · 42.4     | 1319 · 30 · 46.2      |
 * | avif q55 effort 4   | 1525 · 6.5 · 43.2    | 7814 · 25 · 46.7      |
 *
 * - AVIF: effort 2 saves about 30 % over effort 0; effort 4 takes six times as long to save 15 %.
 *   The worst picture, noise, takes 1.6 s per megapixel with effort 2 and 0.2 s with effort 0 and
 *   4:2:0, so effort 2 is for small renditions only: those of 960 px and less.
 * - WebP: effort 4 takes 1.5 to 2 times as long to save 3 to 5 %.
 * - JPEG: mozjpeg takes 2 to 3 times as long to save about 20 %. JPEG goes to
 *   clients that name no better format, so size matters less.
 */
export function encode(
  picture: Sharp,
  format: EncodedFormat,
  { pixels, transparent }: { pixels: number; transparent: boolean },
): Sharp {
  switch (format) {
    case 'avif':
      // The transparency is encoded as a second picture.
      return picture.avif(
        pixels * (transparent ? 2 : 1) > MAX_CAREFUL_AVIF_PIXELS ? QUICK_AVIF : CAREFUL_AVIF,
      );
    case 'webp':
      return picture.webp(
        transparent && pixels > MAX_CAREFUL_WEBP_PIXELS ? QUICK_TRANSPARENT_WEBP : CAREFUL_WEBP,
      );
    case 'jpeg':
      // JPEG has no transparency. Without a background, transparent pixels would become black.
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 80 });
  }
}
