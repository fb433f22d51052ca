import { span } from '@triptych/platform/telemetry';
import sharp, { type Metadata } from 'sharp';
import type { ImageProcessor, OriginalFacts } from '../core/index.ts';
import { isAnimated } from './animation.ts';
import { encode } from './sharp-encoders.ts';

/** What an original may be at most; the header is believed only as far as this. */
const maxOriginalPixels = 50_000_000;

/** WebP ends at 16,383 px; a strip taller than this is made narrower instead of failing. */
const maxVariantHeightPx = 8_192;

/** Our server gives up after 25 s: nobody is there any more to take a later answer. */
const timeoutSeconds = 20;

/** libvips' names of the four decoders in use, and the format that an original has by its content. */
const decoders = {
  jpeg: 'VipsForeignLoadJpeg',
  png: 'VipsForeignLoadPng',
  webp: 'VipsForeignLoadWebp',
  heif: 'VipsForeignLoadHeif',
} as const;

/**
 * Pictures by sharp. Set for a server: one thread a picture, since the requests are what runs in
 * parallel; no cache of operations, since the next request is for another picture.
 *
 * All decoders but JPEG, PNG, WebP and AVIF are switched off for the process: SVG can refer to
 * other files, and each further decoder is one more parser of bytes from strangers.
 */
export function sharpProcessor(): ImageProcessor {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: Object.values(decoders) });

  const open = (bytes: Uint8Array) =>
    sharp(bytes, { limitInputPixels: maxOriginalPixels, failOn: 'error', sequentialRead: true });

  return {
    async inspect(bytes) {
      if (isAnimated(bytes)) return 'unsupported';
      try {
        const header = await open(bytes).metadata();
        const format = originalFormat(header);
        if (format === undefined || (header.pages ?? 1) > 1) return 'unsupported';
        // Every pixel is decoded, in strips: a truncated file has a perfectly good header.
        await open(bytes)
          .resize({ width: 16, fastShrinkOnLoad: false })
          .timeout({ seconds: timeoutSeconds })
          .raw()
          .toBuffer();
        const { width: widthPx, height: heightPx } = header.autoOrient;
        return { widthPx, heightPx, format };
      } catch {
        // sharp has one kind of error for whatever is wrong with a file, and there is no file to
        // blame but this one: its bytes are already in memory.
        return 'unsupported';
      }
    },

    resize: (bytes, { imageId, widthPx, format }) =>
      span('images.resize', { imageId, widthPx, format, originalBytes: bytes.byteLength }, () => {
        const picture = open(bytes)
          .autoOrient()
          .resize({
            width: widthPx,
            height: maxVariantHeightPx,
            fit: 'inside',
            withoutEnlargement: true,
          })
          .timeout({ seconds: timeoutSeconds });
        return encode(picture, format).toBuffer();
      }),
  };
}

/** By content, never by name or declared type. libvips calls AVIF a HEIF whose compression is AV1. */
function originalFormat(header: Metadata): OriginalFacts['format'] | undefined {
  const { format, compression } = header;
  if (format === 'heif') return compression === 'av1' ? 'avif' : undefined;
  return format === 'jpeg' || format === 'png' || format === 'webp' ? format : undefined;
}
