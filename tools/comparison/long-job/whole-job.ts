import type { ImageProcessor, OriginalStore, RenditionStore } from '@triptych/images/core';
import { allRenditions, type Rendition } from './all-renditions.ts';

/**
 * Renders every rendition of every picture in one process, as a container without a time limit can. Skips stored renditions,
 * so that a killed job continues where it stopped.
 * @throws Error if an original is missing
 */
export async function makeAll(
  imageIds: readonly string[],
  ports: {
    readonly originals: Pick<OriginalStore, 'read'>;
    readonly processor: Pick<ImageProcessor, 'resize'>;
    readonly renditions: RenditionStore;
  },
  onMade: (rendition: Rendition) => void,
): Promise<void> {
  const { originals, processor, renditions } = ports;
  for (const imageId of imageIds) {
    const original = await originals.read(imageId);
    if (!original) throw new Error(`there is no original ${imageId}`);
    for (const rendition of allRenditions(imageId)) {
      if (await renditions.find(rendition, { maxBytes: 0 })) continue;
      await renditions.save(rendition, await processor.resize(original, rendition));
      onMade(rendition);
    }
  }
}
