/**
 * Whether a file is an animation that libvips reads as a still picture: a PNG with an `acTL` chunk
 * before its data (APNG), or an AVIF with the major brand `avis`. Animated WebP is not detected
 * here, because libvips counts its pages.
 */
export function isAnimated(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return hasAnimationControl(view) || name(view, 4) + name(view, 8) === 'ftypavis';
}

/** A PNG chunk is a length, a name, data and a checksum: https://www.w3.org/TR/png-3/#acTL-chunk */
function hasAnimationControl(view: DataView): boolean {
  if (name(view, 0) !== '\u0089PNG') return false;
  let offset = 8;
  while (offset + 8 <= view.byteLength) {
    const chunk = name(view, offset + 4);
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
    offset += 12 + view.getUint32(offset);
  }
  return false;
}

/** Four bytes as Latin-1 text, or empty text beyond the end. */
function name(view: DataView, offset: number): string {
  if (offset + 4 > view.byteLength) return '';
  return String.fromCharCode(
    ...Array.from({ length: 4 }, (_, index) => view.getUint8(offset + index)),
  );
}
