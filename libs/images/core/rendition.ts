import { AppError } from '@triptych/platform/errors';

/** The widths served. The list bounds the renditions per original without signed URLs. */
export const WIDTHS_PX = [160, 320, 640, 960, 1280, 1920, 2560] as const;
export type WidthPx = (typeof WIDTHS_PX)[number];

/** The formats a rendition can have; the content type is `image/` and the format. */
export const ENCODED_FORMATS = ['avif', 'webp', 'jpeg'] as const;
export type EncodedFormat = (typeof ENCODED_FORMATS)[number];

/** The formats a URL can name; `auto` leaves the choice to the Accept header. */
export const REQUESTABLE_FORMATS = [...ENCODED_FORMATS, 'auto'] as const;
export type RequestableFormat = (typeof REQUESTABLE_FORMATS)[number];

/**
 * Cache-Control of every rendition, in the service's responses and in the bucket. A rendition can
 * be cached for a year: its original never changes, so its URL always means the same picture.
 */
export const RENDITION_CACHE_CONTROL = 'public, max-age=31536000, immutable';

/** An original, resized to one width and encoded in one format. */
export interface Rendition {
  readonly imageId: string;
  readonly widthPx: WidthPx;
  readonly format: EncodedFormat;
}

/** WebP allows 16,383 px. A picture that would be taller than this is made narrower instead. */
const MAX_HEIGHT_PX = 8_192;

/**
 * The most pixels of a rendition, by the time that its encoder takes. Only pictures that are taller
 * than wide reach them; they are made smaller.
 */
const MAX_RENDITION_PIXELS: Readonly<Record<EncodedFormat, number>> = {
  avif: 5_000_000,
  webp: 7_000_000,
  jpeg: 11_000_000,
};

/** A size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a rendition: the proportions of the original, never wider than the original or
 * `widthPx`, and within the limits of height and pixels.
 * @param original the size of the upright original
 */
export function renditionSize(
  original: Size,
  { widthPx, format }: Pick<Rendition, 'widthPx' | 'format'>,
): Size {
  const scale = Math.min(
    1,
    widthPx / original.width,
    MAX_HEIGHT_PX / original.height,
    Math.sqrt(MAX_RENDITION_PIXELS[format] / (original.width * original.height)),
  );
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: scaled(original.width), height: scaled(original.height) };
}

/**
 * The revision of the encoder settings and of the colour conversion. Increment it whenever they
 * change what a URL returns (a test compares them with a record), and the origin path of the CDN in
 * infra with it (another test compares those two). Renditions that another revision stored are then
 * neither served nor confirmed by a 304; the life cycle of the bucket deletes them. Browsers and the
 * CDN keep what they have cached for up to a year.
 */
export const ENCODER_REVISION = 2;

/** The path of a rendition's URL, without the leading slash. */
export function renditionPath({ imageId, widthPx, format }: Rendition): string {
  return `images/${imageId}/w${widthPx}.${format}`;
}

/**
 * The key under which a rendition is stored: the path of its URL in a folder of the encoder's
 * revision, so that a CDN with that folder as its origin path finds it.
 */
export function renditionKey(rendition: Rendition): string {
  return `renditions/${ENCODER_REVISION}/${renditionPath(rendition)}`;
}

/**
 * Parses the width in a URL. The comparison is by text: `0640` and `640.0` would be further URLs of
 * the same rendition, each with its own cache entry.
 * @throws AppError validation `unsupported-variant`
 */
export function parseWidth(text: string): WidthPx {
  const widthPx = WIDTHS_PX.find((width) => String(width) === text);
  if (widthPx === undefined) throw unsupported(`The width must be one of ${WIDTHS_PX.join(', ')}.`);
  return widthPx;
}

/**
 * Parses the format in a URL.
 * @throws AppError validation `unsupported-variant`
 */
export function parseFormat(text: string): RequestableFormat {
  const format = REQUESTABLE_FORMATS.find((known) => known === text);
  if (format === undefined) {
    throw unsupported(`The format must be one of ${REQUESTABLE_FORMATS.join(', ')}.`);
  }
  return format;
}

/** The code is older than the word rendition. It is part of the API, so it stays. */
function unsupported(detail: string): AppError {
  return new AppError('validation', 'unsupported-variant', detail);
}
