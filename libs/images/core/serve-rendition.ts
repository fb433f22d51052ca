import { AppError } from '@triptych/platform/errors';
import type { Gate } from './gate.ts';
import type { ImageProcessor, OriginalStore, VariantStore } from './ports.ts';
import { type Variant, variantKey } from './variant.ts';

export interface ServeVariantPorts {
  readonly originals: Pick<OriginalStore, 'read' | 'facts'>;
  readonly processor: Pick<ImageProcessor, 'resize'>;
  /** Left out where every variant is made on request. */
  readonly variants?: VariantStore;
  readonly gate: Gate;
}

/** The bytes, or, when there are more than asked for, word that the variant is stored. */
export type ServedVariant =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'stored'; readonly sizeBytes: number };

export interface ServeVariant {
  /**
   * @param maxBytes what the caller can answer with; it counts only where variants are stored
   * @throws AppError not-found `not-found`; unavailable `overloaded`
   */
  serve(variant: Variant, maxBytes: number): Promise<ServedVariant>;
  /** Whether the original exists, without making anything of it: enough to answer 304. */
  exists(imageId: string): Promise<boolean>;
}

/** Serves variants: from the store where there is one, else by resizing; a crowd asking for the same one waits for one resize. */
export function createServeVariant(ports: ServeVariantPorts): ServeVariant {
  const { originals, processor, variants, gate } = ports;
  const inFlight = new Map<string, Promise<Uint8Array>>();

  const make = async (variant: Variant): Promise<Uint8Array> => {
    const bytes = await gate(async () => {
      const original = await originals.read(variant.imageId);
      if (original === undefined) throw new AppError('not-found', 'not-found', 'No such image.');
      return processor.resize(original, variant);
    });
    // Before anyone is told that it is stored: a redirect to a variant that is not there loops.
    await variants?.save(variant, bytes);
    return bytes;
  };

  const makeOnce = (variant: Variant): Promise<Uint8Array> => {
    const key = variantKey(variant);
    const known = inFlight.get(key);
    if (known) return known;
    const made = make(variant).finally(() => inFlight.delete(key));
    inFlight.set(key, made);
    return made;
  };

  return {
    async serve(variant, maxBytes) {
      const stored = await variants?.find(variant, { maxBytes });
      if (stored?.bytes) return { kind: 'bytes', bytes: stored.bytes };
      if (stored) return { kind: 'stored', sizeBytes: stored.sizeBytes };
      const bytes = await makeOnce(variant);
      if (variants && bytes.byteLength > maxBytes) {
        return { kind: 'stored', sizeBytes: bytes.byteLength };
      }
      return { kind: 'bytes', bytes };
    },
    async exists(imageId) {
      return (await originals.facts(imageId)) !== undefined;
    },
  };
}
