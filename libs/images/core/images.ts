import { type AcceptUpload, createAcceptUpload } from './accept-upload.ts';
import { createGate } from './gate.ts';
import type { ImageAnnouncer, ImageProcessor, OriginalStore, VariantStore } from './ports.ts';
import { createServeVariant, type ServeVariant } from './serve-variant.ts';

/** Everything the images context does. */
export interface Images {
  readonly variants: ServeVariant;
  readonly acceptUpload: AcceptUpload;
}

export interface ImagesPorts {
  readonly originals: OriginalStore;
  readonly processor: ImageProcessor;
  readonly announcer: ImageAnnouncer;
  /** Given where a variant is kept once it has been made. */
  readonly variants?: VariantStore;
}

/**
 * Ties the use cases to their ports. Two variants are made at once while 64 requests wait, and one
 * upload is judged at a time: a 50-megapixel progressive JPEG takes some 300 MB to decode.
 */
export function createImages(ports: ImagesPorts): Images {
  const serving = createGate({ running: 2, waiting: 64 });
  const judging = createGate({ running: 1, waiting: 64 });
  const acceptUpload = createAcceptUpload(ports);
  return {
    variants: createServeVariant({ ...ports, gate: serving }),
    acceptUpload: (imageId) => judging(() => acceptUpload(imageId)),
  };
}
