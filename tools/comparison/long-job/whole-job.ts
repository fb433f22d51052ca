import type { ImageProcessor, OriginalStore, Variant, VariantStore } from '@triptych/images/core';
import { allVariants } from './all-variants.ts';

/**
 * Makes every variant of every picture in one go, as a container can: nothing ends it but its end. What is stored already is
 * left, so that one that was killed goes on where it was.
 * @throws Error when an original is gone
 */
export async function makeAll(
  imageIds: readonly string[],
  ports: {
    readonly originals: Pick<OriginalStore, 'read'>;
    readonly processor: Pick<ImageProcessor, 'resize'>;
    readonly variants: VariantStore;
  },
  onMade: (variant: Variant) => void,
): Promise<void> {
  const { originals, processor, variants } = ports;
  for (const imageId of imageIds) {
    const original = await originals.read(imageId);
    if (!original) throw new Error(`there is no original ${imageId}`);
    for (const variant of allVariants(imageId)) {
      if (await variants.find(variant, { maxBytes: 0 })) continue;
      await variants.save(variant, await processor.resize(original, variant));
      onMade(variant);
    }
  }
}
