import { renditionSize, type WidthPx } from './rendition.ts';
import type { OriginalFacts } from './verdict.ts';

/**
 * The most pixels of any original. Formats have lower limits of their own, because the same number
 * of pixels costs them more. The measurements are in docs/pictures.md.
 */
export const MAX_ORIGINAL_PIXELS = 50_000_000;

/** AVIF decodes at about a tenth of the speed of JPEG, and needs three times as much memory. */
const MAX_AVIF_PIXELS = 16_000_000;

/** PNG with 16 bits per sample, or interlaced: both double the work, and the memory. */
const MAX_DEEP_PNG_PIXELS = 25_000_000;

/** Each scan of a JPEG passes over all of its pixels: 20 scans of the largest picture. */
const MAX_JPEG_PIXEL_SCANS = 20 * MAX_ORIGINAL_PIXELS;

/** The properties of a file on which the cost of decoding it depends, besides its facts. */
export interface DecodingWork {
  /** More than 8 bits per sample. */
  readonly deep: boolean;
  readonly interlaced: boolean;
  /** The number of scans of a JPEG; 1 for other formats. */
  readonly scans: number;
}

/**
 * Whether a picture would take too much time or memory: any rendition of an accepted picture takes
 * about 2 s of processor time at most.
 */
export function exceedsLimits(
  { widthPx, heightPx, format }: OriginalFacts,
  { deep, interlaced, scans }: DecodingWork,
): boolean {
  const pixels = widthPx * heightPx;
  if (format === 'avif') return pixels > MAX_AVIF_PIXELS;
  if (format === 'png' && (deep || interlaced)) return pixels > MAX_DEEP_PNG_PIXELS;
  if (format === 'jpeg' && pixels * scans > MAX_JPEG_PIXEL_SCANS) return true;
  return pixels > MAX_ORIGINAL_PIXELS;
}

/**
 * The memory for pictures in one process, in MB. A task has 2048 MB and a function 1769 MB, of
 * which Node.js, the code and what the allocator keeps take up to 350 MB.
 */
export const MEMORY_MB = 1_400;

/**
 * The peak memory for decoding a picture, in bytes per pixel: the worst that was measured for the
 * format, rounded up. Unknown formats count as the most expensive one.
 */
const DECODING_BYTES_PER_PIXEL: Readonly<Record<string, number>> = {
  jpeg: 10,
  png: 12,
  webp: 10,
  avif: 30,
};
const WORST_BYTES_PER_PIXEL = Math.max(...Object.values(DECODING_BYTES_PER_PIXEL));

/** The peak memory for encoding a rendition, in bytes per pixel of it. AVIF needs the most. */
const ENCODING_BYTES_PER_PIXEL = 32;

/** Two copies of the largest file, and buffers. */
const FIXED_MB = 40;

/** The memory, in MB, that decoding an original and encoding a rendition of it takes at most. */
export function peakMemoryMb({ widthPx, heightPx, format }: OriginalFacts, width: WidthPx): number {
  const rendition = renditionSize({ width: widthPx, height: heightPx }, width);
  const decoding = DECODING_BYTES_PER_PIXEL[format] ?? WORST_BYTES_PER_PIXEL;
  const bytes =
    widthPx * heightPx * decoding + rendition.width * rendition.height * ENCODING_BYTES_PER_PIXEL;
  return Math.ceil(bytes / 1e6) + FIXED_MB;
}

/** The most that judging an upload takes. Its format is known only once it is read. */
export const MOST_INSPECTION_MB = 700;
