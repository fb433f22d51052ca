import { type Rendition, renditionSize } from './rendition.ts';
import type { OriginalFacts } from './verdict.ts';

/**
 * The most pixels of any original. Formats have lower limits of their own, because the same number
 * of pixels costs them more. The measurements are in docs/pictures.md.
 */
export const MAX_ORIGINAL_PIXELS = 50_000_000;

/** A WebP takes up to six times as long to decode as a JPEG of its size. */
const MAX_WEBP_PIXELS = 30_000_000;

/**
 * An AVIF takes twenty times as long to decode as a JPEG. At 3840 × 2160 px, 8.3 megapixels, the
 * worst picture's w2560.avif took 2.1 s on an idle machine.
 */
const MAX_AVIF_PIXELS = 6_600_000;

/**
 * With transparency, by which resizing multiplies each pixel; and a PNG with a profile, which is
 * converted in its full size.
 */
const MAX_TWOFOLD_PIXELS = 12_000_000;

/** With more than 8 bits per sample, or with transparency, which is a second picture. */
const MAX_DEEP_AVIF_PIXELS = 3_700_000;

/** A PNG with 16 bits per sample, or interlaced. */
const MAX_DEEP_PNG_PIXELS = 8_000_000;

/** Such a PNG that is also transparent or has a profile, so that these costs multiply. */
const MAX_DEEP_TWOFOLD_PNG_PIXELS = 4_200_000;

/** Each scan of a JPEG passes over all of its pixels. A progressive one usually has ten. */
const MAX_JPEG_PIXEL_SCANS = 200_000_000;

/** Converting CMYK to sRGB takes 0.2 s per megapixel, and is done in the full size. */
const MAX_CMYK_PIXELS = 5_000_000;

/** The properties of a file on which the cost of decoding it depends, besides its facts. */
export interface DecodingWork {
  /** More than 8 bits per sample. */
  readonly deep: boolean;
  readonly interlaced: boolean;
  readonly transparent: boolean;
  /** An ICC profile. A PNG is converted in its full size. */
  readonly profile: boolean;
  /** The colours of printing, in a JPEG. */
  readonly cmyk: boolean;
  /** The number of scans of a JPEG; 1 for other formats. */
  readonly scans: number;
}

/**
 * Whether a picture would take too much time or memory to serve. docs/pictures.md has the processor
 * time that was measured for the worst picture of each kind within these limits.
 */
export function exceedsLimits(
  { widthPx, heightPx, format }: OriginalFacts,
  { deep, interlaced, transparent, profile, cmyk, scans }: DecodingWork,
): boolean {
  const pixels = widthPx * heightPx;
  if (format === 'avif' && (deep || transparent)) return pixels > MAX_DEEP_AVIF_PIXELS;
  if (format === 'avif') return pixels > MAX_AVIF_PIXELS;
  const twofold = transparent || (profile && format === 'png');
  if (twofold && pixels > MAX_TWOFOLD_PIXELS) return true;
  if (format === 'webp') return pixels > MAX_WEBP_PIXELS;
  if (format === 'png' && (deep || interlaced)) {
    return pixels > (twofold ? MAX_DEEP_TWOFOLD_PNG_PIXELS : MAX_DEEP_PNG_PIXELS);
  }
  if (cmyk && pixels > MAX_CMYK_PIXELS) return true;
  if (format === 'jpeg' && pixels * scans > MAX_JPEG_PIXEL_SCANS) return true;
  return pixels > MAX_ORIGINAL_PIXELS;
}

/**
 * The memory that a process needs besides pictures, in MB: Node.js, the code, and what the allocator
 * keeps.
 */
export const PROCESS_MB = 350;

/**
 * The memory for the pictures that one process works on at a time, in MB. With {@link PROCESS_MB} it fits into
 * every task and function; a test of infra compares them.
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
export function peakMemoryMb(
  { widthPx, heightPx, format }: OriginalFacts,
  made: Pick<Rendition, 'widthPx' | 'format'>,
): number {
  const rendition = renditionSize({ width: widthPx, height: heightPx }, made);
  const decoding = DECODING_BYTES_PER_PIXEL[format] ?? WORST_BYTES_PER_PIXEL;
  const bytes =
    widthPx * heightPx * decoding + rendition.width * rendition.height * ENCODING_BYTES_PER_PIXEL;
  return Math.ceil(bytes / 1e6) + FIXED_MB;
}

/** The most that judging an upload takes. Its format is known only once it is read. */
export const MOST_INSPECTION_MB = 500;
