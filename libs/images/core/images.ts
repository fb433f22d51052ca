import { acceptUpload, type UploadOutcome } from './accept-upload.ts';
import { createGate, type Gate } from './gate.ts';
import { imageExists } from './image-exists.ts';
import { MEMORY_MB, MOST_INSPECTION_MB } from './picture-limits.ts';
import type { ImageAnnouncer, ImageProcessor, OriginalStore, RenditionStore } from './ports.ts';
import { type ServedRendition, type ServeRendition, serveRendition } from './serve-rendition.ts';
import { createSingleFlight } from './single-flight.ts';

/** More would not be faster: a task or function has one processor. */
const MAX_RESIZES = 2;
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
 * time, and fewer if the pictures would need more memory than it has ({@link MEMORY_MB}); 64 more
 * of each wait. Beyond that, calls fail with unavailable `overloaded`.
 */
export function createImages(ports: ImagesDeps): Images {
  const resizes = createGate({ capacity: MAX_RESIZES, waiting: MAX_WAITING });
  const inspections = createGate({ capacity: MAX_INSPECTIONS, waiting: MAX_WAITING });
  // Only tasks that passed one of the other gates wait here.
  const memory = createGate({ capacity: MEMORY_MB, waiting: MAX_RESIZES + MAX_INSPECTIONS });
  const resizeGate: Gate = (mb, task) => resizes(1, () => memory(mb, task));
  const deps = {
    ...ports,
    resizeGate,
    resizeOnce: createSingleFlight<Uint8Array>(),
  };
  return {
    serveRendition: (command) => serveRendition(deps, command),
    imageExists: (imageId) => imageExists(deps, imageId),
    acceptUpload: (imageId) =>
      inspections(1, () => memory(MOST_INSPECTION_MB, () => acceptUpload(deps, imageId))),
  };
}
