import { hasPngChunk } from './formats/png-chunks.ts';

/**
 * Whether a file is an animation that libvips reads as a still picture: a PNG with an `acTL` chunk
 * before its data (APNG: https://www.w3.org/TR/png-3/#acTL-chunk), or an AVIF with the major brand
 * `avis`. Animated WebP is not detected here, because libvips counts its pages.
 */
export function isAnimated(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return hasPngChunk(bytes, 'acTL') || name(view, 4) + name(view, 8) === 'ftypavis';
}

/** Four bytes as Latin-1 text, or empty text beyond the end. */
function name(view: DataView, offset: number): string {
  if (offset + 4 > view.byteLength) return '';
  return String.fromCharCode(
    ...Array.from({ length: 4 }, (_, index) => view.getUint8(offset + index)),
  );
}
