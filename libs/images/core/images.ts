import { acceptUpload, type UploadOutcome } from './accept-upload.ts';
import { createGate } from './gate.ts';
import { imageExists } from './image-exists.ts';
import type { ImageAnnouncer, ImageProcessor, OriginalStore, RenditionStore } from './ports.ts';
import { type ServedRendition, type ServeRendition, serveRendition } from './serve-rendition.ts';
import { createSingleFlight } from './single-flight.ts';

const MAX_RESIZES = 2;

/** Decoding a 50-megapixel progressive JPEG takes about 300 MB. */
const MAX_INSPECTIONS = 1;

const MAX_WAITING = 64;

/** The ports of all use cases. */
export interface ImagesDeps {
  readonly originals: OriginalStore;
  readonly processor: ImageProcessor;
  readonly announcer: ImageAnnouncer;
  /** Present where renditions are stored. */
  readonly renditions?: RenditionStore;
}

/** The use cases of images. Each is documented in the file of the same name. */
export interface Images {
  serveRendition(command: ServeRendition): Promise<ServedRendition>;
  imageExists(imageId: string): Promise<boolean>;
  acceptUpload(imageId: string): Promise<UploadOutcome>;
}

/**
 * Binds the use cases to their ports. A process makes two renditions and judges one upload at a
 * time; 64 more of each wait. Beyond that, calls fail with unavailable `overloaded`.
 */
export function createImages(ports: ImagesDeps): Images {
  const deps = {
    ...ports,
    resizeGate: createGate({ running: MAX_RESIZES, waiting: MAX_WAITING }),
    resizeOnce: createSingleFlight<Uint8Array>(),
    inspectGate: createGate({ running: MAX_INSPECTIONS, waiting: MAX_WAITING }),
  };
  return {
    serveRendition: (command) => serveRendition(deps, command),
    imageExists: (imageId) => imageExists(deps, imageId),
    acceptUpload: (imageId) => deps.inspectGate(() => acceptUpload(deps, imageId)),
  };
}
