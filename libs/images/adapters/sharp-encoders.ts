import type { Sharp } from 'sharp';
import type { EncodedFormat } from '../core/index.ts';

/**
 * Encoder settings, chosen by measuring on the seed's pictures (README has the table): quality where
 * products look the same side by side, effort where another step costs more time than it saves bytes.
 * Metadata is dropped by default, the place where a photo was taken with it; colours become sRGB.
 */
export function encode(picture: Sharp, format: EncodedFormat): Sharp {
  switch (format) {
    case 'avif':
      return picture.avif({ quality: 55, effort: 2 });
    case 'webp':
      return picture.webp({ quality: 80, effort: 4 });
    case 'jpeg':
      // JPEG has no transparency: without a background it would turn black.
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 80, progressive: true });
  }
}
