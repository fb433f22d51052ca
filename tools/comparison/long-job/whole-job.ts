import type { ImageProcessor, OriginalStore, RenditionStore } from '@triptych/images/core';
import { allRenditions, type Rendition } from './all-renditions.ts';

/**
 * Makes every rendition of every picture in one go, as a container can: nothing ends it but its end. What is stored already is
 * left, so that one that was killed goes on where it was.
 * @throws Error when an original is gone
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
