import { type ImageProcessor, renditionPath } from '../core/index.ts';
import { inMemoryAnnouncer } from './in-memory-announcer.ts';
import { inMemoryOriginals } from './in-memory-originals.ts';
import { inMemoryRenditions } from './in-memory-renditions.ts';

/** Every port of images in memory, for unit tests. A "picture" is the text `<width>x<height>`. */
export function inMemoryPorts() {
  const { originals, uploads, kept } = inMemoryOriginals();
  const resized: string[] = [];
  const processor: ImageProcessor = {
    async inspect(bytes) {
      const [, width, height] = /^(\d+)x(\d+)$/.exec(Buffer.from(bytes).toString()) ?? [];
      if (!width || !height) return { rejected: 'unsupported-image' };
      return { widthPx: Number(width), heightPx: Number(height), format: 'png' };
    },
    async resize(bytes, rendition) {
      resized.push(renditionPath(rendition));
      return Buffer.from(`${Buffer.from(bytes)} as ${rendition.widthPx} ${rendition.format}`);
    },
  };
  return {
    originals,
    processor,
    ...inMemoryAnnouncer(),
    ...inMemoryRenditions(),
    uploads,
    kept,
    /** Paths of the renditions made, in order. */
    resized,
    /** Stores an upload, as a browser would. */
    upload: (imageId: string, picture: string) => uploads.set(imageId, Buffer.from(picture)),
    /** Stores an accepted original. */
    accept: (imageId: string, picture = '3000x2000') =>
      kept.set(imageId, {
        bytes: Buffer.from(picture),
        facts: { widthPx: 3000, heightPx: 2000, format: 'png' },
      }),
  };
}
