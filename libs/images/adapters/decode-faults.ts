import { AppError } from '@triptych/platform/errors';

/** Faults of the machine or the moment. The same bytes may be decoded later. */
const PASSING =
  /\w+save\b|out of memory|memory alloc|unable to alloc|cannot alloc|insufficient memory|not enough memory|thread|no space|too many open|read from source|i\/o error/i;

/**
 * A limit of libheif on what a file may declare. It words most of them as `Memory allocation error:
 * Security limit exceeded`, where an allocation that failed is `Memory allocation error: Unspecified`.
 * https://github.com/strukturag/libheif/blob/master/libheif/api/libheif/heif_error.h
 */
const FORMAT_LIMIT = /^\s*(Input buffer has corrupt header: )?heif\w*: .*security limit/im;

/** sharp's own timeout: https://sharp.pixelplumbing.com/api-output/#timeout */
const OUT_OF_TIME = /^timeout: /m;

/** The beginnings of what sharp and the four decoders say about bytes. */
const ABOUT_THE_BYTES =
  /^\s*(Input buffer (contains unsupported image format|has corrupt header)|Input image exceeds pixel limit|VipsJpeg|pngload|vipspng|webp2vips|webpload|webp|heifload|heif)/im;

/**
 * Whether an error of sharp is a verdict on the bytes: a message of a decoder about them. Any other
 * error, even an unknown one, is a fault that may pass, because a verdict is final.
 */
export function isVerdict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { message } = error;
  if (OUT_OF_TIME.test(message)) return false;
  if (FORMAT_LIMIT.test(message)) return true;
  return ABOUT_THE_BYTES.test(message) && !PASSING.test(message);
}

/**
 * The error to throw if a rendition cannot be made: AppError unprocessable `undecodable-image` if the
 * decoder says so, which only originals that an older version accepted can cause; otherwise
 * {@link passingFault}.
 */
export function servingFault(error: unknown): unknown {
  if (!isVerdict(error)) return passingFault(error);
  const detail = 'This picture was accepted by an older version and cannot be shown. Replace it.';
  return new AppError('unprocessable', 'undecodable-image', detail, { cause: error });
}

/** The error to throw for a fault that may pass: AppError unavailable `overloaded` if time ran out. */
export function passingFault(error: unknown): unknown {
  if (!(error instanceof Error) || !OUT_OF_TIME.test(error.message)) return error;
  return new AppError('unavailable', 'overloaded', 'The picture took too long.', {
    retryAfterSeconds: 1,
    cause: error,
  });
}
