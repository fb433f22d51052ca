import { span } from '@triptych/platform/telemetry';
import sharp from 'sharp';
import type { ImageProcessor } from '../core/index.ts';
import { passingFault, servingFault } from './decode-faults.ts';
import { judgePicture } from './judge-picture.ts';
import { openPicture } from './open-picture.ts';
import { resizePicture } from './resize-picture.ts';

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

  return {
    inspect: (bytes) =>
      judgePicture(bytes).catch((error) => {
        throw passingFault(error);
      }),
    resize: (bytes, { imageId, widthPx, format }) =>
      span('images.resize', { imageId, widthPx, format, originalBytes: bytes.byteLength }, () =>
        openPicture(bytes)
          .then((picture) => resizePicture(picture, { widthPx, format }))
          .catch((error) => {
            throw servingFault(error);
          }),
      ),
  };
}
