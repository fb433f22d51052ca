import { AppError } from '@triptych/platform/errors';

/** The only widths served, so that the variants of an original are few without signed URLs. */
export const widthsPx = [160, 320, 640, 960, 1280, 1920, 2560] as const;
export type WidthPx = (typeof widthsPx)[number];

/** What variants are encoded as; each is also the second half of its content type. */
export const encodedFormats = ['avif', 'webp', 'jpeg'] as const;
export type EncodedFormat = (typeof encodedFormats)[number];

/** What a URL may end in: `auto` leaves the choice to the Accept header. */
export const requestableFormats = [...encodedFormats, 'auto'] as const;
export type RequestableFormat = (typeof requestableFormats)[number];

/** One resized and encoded rendition of an original. */
export interface Variant {
  readonly imageId: string;
  readonly widthPx: WidthPx;
  readonly format: EncodedFormat;
}

/**
 * Where a variant is stored. It equals the URL's path without its first slash, so that a CDN which
 * has the bucket as its origin finds it there.
 */
export function variantKey({ imageId, widthPx, format }: Variant): string {
  return `images/${imageId}/w${widthPx}.${format}`;
}

/**
 * Reads a width as it stands in a URL. Compared as text: `0640` and `640.0` would be further names
 * of the same bytes, and every name is an entry in somebody's cache.
 *
 * @throws AppError validation `unsupported-variant`
 */
export function parseWidth(text: string): WidthPx {
  const widthPx = widthsPx.find((width) => String(width) === text);
  if (widthPx === undefined) throw unsupported(`The width must be one of ${widthsPx.join(', ')}.`);
  return widthPx;
}

/**
 * Reads a format as it stands in a URL.
 *
 * @throws AppError validation `unsupported-variant`
 */
export function parseFormat(text: string): RequestableFormat {
  const format = requestableFormats.find((known) => known === text);
  if (format === undefined) {
    throw unsupported(`The format must be one of ${requestableFormats.join(', ')}.`);
  }
  return format;
}

function unsupported(detail: string): AppError {
  return new AppError('validation', 'unsupported-variant', detail);
}
