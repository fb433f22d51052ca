import { beforeEach, describe, expect, it } from 'vitest';
import type { Rendition, RenditionStore } from '../core/index.ts';

const rendition: Rendition = { imageId: 'i1', widthPx: 640, format: 'webp' };
const bytes = new Uint8Array([1, 2, 3, 4]);

/**
 * The contract of the store of renditions. Every implementation must pass it.
 * @param open opens an empty store
 */
export function renditionsContract(name: string, open: () => Promise<RenditionStore>): void {
  let renditions: RenditionStore;
  beforeEach(async () => {
    renditions = await open();
  });

  describe(`renditions in ${name}`, () => {
    it('can be found once saved', async () => {
      expect(await renditions.find(rendition, { maxBytes: 4 })).toBeUndefined();
      await renditions.save(rendition, bytes);
      expect(await renditions.find(rendition, { maxBytes: 4 })).toEqual({ sizeBytes: 4, bytes });
    });

    it('are told apart by image, width and format', async () => {
      await renditions.save(rendition, bytes);
      for (const other of [{ imageId: 'i2' }, { widthPx: 320 }, { format: 'avif' }] as const) {
        const found = await renditions.find({ ...rendition, ...other }, { maxBytes: 4 });
        expect(found).toBeUndefined();
      }
    });

    it('are found without their bytes if they exceed the limit', async () => {
      await renditions.save(rendition, bytes);
      expect(await renditions.find(rendition, { maxBytes: 3 })).toEqual({ sizeBytes: 4 });
    });

    it('can be saved by two callers at once', async () => {
      await Promise.all([renditions.save(rendition, bytes), renditions.save(rendition, bytes)]);
      expect(await renditions.find(rendition, { maxBytes: 4 })).toEqual({ sizeBytes: 4, bytes });
    });
  });
}
