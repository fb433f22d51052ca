import type { Sharp } from 'sharp';
import type { EncodedFormat } from '../core/index.ts';

/**
 * Encoder settings, chosen by measuring on the seed's pictures (the table is in this library's README):
 *
 * - AVIF effort 2: a quarter to a third smaller than effort 0; effort 4 takes six times the time for
 *   another sixth;
 * - WebP effort 2: effort 4 takes half as long again for 3–6 %;
 * - JPEG without mozjpeg, which takes twice the time for a fifth: who counts bytes names a better
 *   format in Accept, and this is what the others get.
 *
 * Metadata is dropped by default, the place where a photo was taken with it; colours become sRGB.
 */
export function encode(picture: Sharp, format: EncodedFormat): Sharp {
  switch (format) {
    case 'avif':
      return picture.avif({ quality: 55, effort: 2 });
    case 'webp':
      return picture.webp({ quality: 80, effort: 2 });
    case 'jpeg':
      // JPEG has no transparency: without a background it would turn black.
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 80 });
  }
}
