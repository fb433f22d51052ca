import { span } from '@triptych/platform/telemetry';
import sharp, { type Metadata } from 'sharp';
import type { ImageProcessor, OriginalFacts } from '../core/index.ts';
import { isAnimated } from './animation.ts';
import { encode } from './sharp-encoders.ts';

/** Most pixels of an original. sharp rejects a larger one by its header, without decoding it. */
const MAX_ORIGINAL_PIXELS = 50_000_000;

/** WebP allows 16,383 px. A picture that would be taller than this is made narrower instead. */
const MAX_HEIGHT_PX = 8_192;

/** The HTTP handler times out after 25 s, so later results are useless. */
const TIMEOUT_SECONDS = 20;

/** The four decoders in use, by the names that sharp and libvips give them. */
const DECODERS = {
  jpeg: 'VipsForeignLoadJpeg',
  png: 'VipsForeignLoadPng',
  webp: 'VipsForeignLoadWebp',
  heif: 'VipsForeignLoadHeif',
} as const;

/**
 * Processes pictures with sharp, configured for a server: one thread per picture, because requests
 * run in parallel, and no cache of operations, because the next request is for another picture.
 *
 * Disables all decoders except JPEG, PNG, WebP and AVIF for the process: SVG can refer to other
 * files, and every decoder is a parser of untrusted bytes.
 */
export function sharpProcessor(): ImageProcessor {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: Object.values(DECODERS) });

  const open = (bytes: Uint8Array) =>
    sharp(bytes, { limitInputPixels: MAX_ORIGINAL_PIXELS, failOn: 'error', sequentialRead: true });

  return {
    async inspect(bytes) {
      if (isAnimated(bytes)) return 'unsupported';
      try {
        const header = await open(bytes).metadata();
        const format = originalFormat(header);
        if (format === undefined || (header.pages ?? 1) > 1) return 'unsupported';
        // Decodes every pixel, in strips, because the header of a truncated file is valid.
        await open(bytes)
          .resize({ width: 16, fastShrinkOnLoad: false })
          .timeout({ seconds: TIMEOUT_SECONDS })
          .raw()
          .toBuffer();
        const { width: widthPx, height: heightPx } = header.autoOrient;
        return { widthPx, heightPx, format };
      } catch {
        // sharp throws one kind of error for any fault. It can only be a fault of the file, whose
        // bytes are already in memory.
        return 'unsupported';
      }
    },

    resize: (bytes, { imageId, widthPx, format }) =>
      span('images.resize', { imageId, widthPx, format, originalBytes: bytes.byteLength }, () => {
        const picture = open(bytes)
          .autoOrient()
          .resize({
            width: widthPx,
            height: MAX_HEIGHT_PX,
            fit: 'inside',
            withoutEnlargement: true,
          })
          .timeout({ seconds: TIMEOUT_SECONDS });
        return encode(picture, format).toBuffer();
      }),
  };
}

/** The format by content, not by name or declared type. libvips reports AVIF as HEIF with AV1. */
function originalFormat(header: Metadata): OriginalFacts['format'] | undefined {
  const { format, compression } = header;
  if (format === 'heif') return compression === 'av1' ? 'avif' : undefined;
  return format === 'jpeg' || format === 'png' || format === 'webp' ? format : undefined;
}
