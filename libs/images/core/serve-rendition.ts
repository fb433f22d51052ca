import { AppError } from '@triptych/platform/errors';
import type { Gate } from './gate.ts';
import { peakMemoryMb } from './picture-limits.ts';
import type { ImageProcessor, OriginalStore, RenditionStore } from './ports.ts';
import { type Rendition, renditionPath } from './rendition.ts';
import type { SingleFlight } from './single-flight.ts';

export interface ServeRendition {
  readonly rendition: Rendition;
  /** The most bytes that the caller can send. Ignored where renditions are not stored. */
  readonly maxBytes: number;
}

/** The bytes; or `stored`, if there are more than `maxBytes` and the store has them. */
export type ServedRendition =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'stored'; readonly sizeBytes: number };

interface Deps {
  readonly originals: Pick<OriginalStore, 'facts' | 'read'>;
  readonly processor: Pick<ImageProcessor, 'resize'>;
  /** Absent where each rendition is made on request. */
  readonly renditions?: RenditionStore;
  /** The weight is the memory in MB. */
  readonly resizeGate: Gate;
  readonly resizeOnce: SingleFlight<Uint8Array>;
}

/**
 * Serves a rendition: from the store if it is there, otherwise by resizing the original and storing
 * the result. Concurrent requests for the same rendition share one resize.
 * @throws AppError not-found `not-found`, unprocessable `undecodable-image`, unavailable `overloaded`
 */
export async function serveRendition(
  deps: Deps,
  { rendition, maxBytes }: ServeRendition,
): Promise<ServedRendition> {
  const { renditions } = deps;
  const stored = await renditions?.find(rendition, { maxBytes });
  if (stored?.bytes) return { kind: 'bytes', bytes: stored.bytes };
  if (stored) return { kind: 'stored', sizeBytes: stored.sizeBytes };
  const bytes = await deps.resizeOnce(renditionPath(rendition), () => make(deps, rendition));
  if (renditions && bytes.byteLength > maxBytes) {
    return { kind: 'stored', sizeBytes: bytes.byteLength };
  }
  return { kind: 'bytes', bytes };
}

async function make(deps: Deps, rendition: Rendition): Promise<Uint8Array> {
  // Read first, because the memory that the picture needs depends on them.
  const facts = await deps.originals.facts(rendition.imageId);
  if (facts === undefined) throw noSuchImage();
  const bytes = await deps.resizeGate(peakMemoryMb(facts, rendition), async () => {
    const original = await deps.originals.read(rendition.imageId);
    if (original === undefined) throw noSuchImage();
    return deps.processor.resize(original, rendition);
  });
  // Awaited before `stored` is returned: a redirect to a rendition that is not there would loop.
  await deps.renditions?.save(rendition, bytes);
  return bytes;
}

const noSuchImage = () => new AppError('not-found', 'not-found', 'No such image.');
