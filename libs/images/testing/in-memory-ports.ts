import {
  type ImageAnnouncer,
  type ImageProcessor,
  type OriginalFacts,
  type OriginalStore,
  type VariantStore,
  variantKey,
} from '../core/index.ts';

export type Announcement =
  | { readonly type: 'accepted'; readonly imageId: string; readonly widthPx: number }
  | { readonly type: 'rejected'; readonly imageId: string; readonly code: string };

/** Every port of images in memory, for unit tests only. A "picture" is text: `<width>x<height>`. */
export function inMemoryPorts() {
  const uploads = new Map<string, Uint8Array>();
  const kept = new Map<string, { bytes: Uint8Array; facts: OriginalFacts }>();
  const refused = new Set<string>();
  const stored = new Map<string, Uint8Array>();
  const announced: Announcement[] = [];
  const resized: string[] = [];

  const originals: OriginalStore = {
    async readUpload(imageId, maxBytes) {
      const bytes = uploads.get(imageId);
      if (bytes === undefined) return 'missing';
      return bytes.byteLength > maxBytes ? 'too-large' : bytes;
    },
    async keep(imageId, bytes, facts) {
      const known = await originals.verdict(imageId);
      if (known) return known;
      kept.set(imageId, { bytes, facts });
      return facts;
    },
    async reject(imageId) {
      const known = await originals.verdict(imageId);
      if (!known) refused.add(imageId);
      return known ?? 'rejected';
    },
    verdict: async (imageId) => (refused.has(imageId) ? 'rejected' : kept.get(imageId)?.facts),
    facts: async (imageId) => kept.get(imageId)?.facts,
    read: async (imageId) => kept.get(imageId)?.bytes,
    async removeUpload(imageId) {
      uploads.delete(imageId);
    },
  };
  const processor: ImageProcessor = {
    async inspect(bytes) {
      const [, width, height] = /^(\d+)x(\d+)$/.exec(Buffer.from(bytes).toString()) ?? [];
      if (!width || !height) return 'unsupported';
      return { widthPx: Number(width), heightPx: Number(height), format: 'png' };
    },
    async resize(bytes, variant) {
      resized.push(variantKey(variant));
      return Buffer.from(`${Buffer.from(bytes)} as ${variant.widthPx} ${variant.format}`);
    },
  };
  const announcer: ImageAnnouncer = {
    async accepted({ imageId, widthPx }) {
      announced.push({ type: 'accepted', imageId, widthPx });
    },
    async rejected({ imageId, code }) {
      announced.push({ type: 'rejected', imageId, code });
    },
  };
  const variants: VariantStore = {
    async find(variant, { maxBytes }) {
      const bytes = stored.get(variantKey(variant));
      if (!bytes) return undefined;
      const sizeBytes = bytes.byteLength;
      return sizeBytes > maxBytes ? { sizeBytes } : { sizeBytes, bytes };
    },
    async save(variant, bytes) {
      stored.set(variantKey(variant), bytes);
    },
  };

  return {
    originals,
    processor,
    announcer,
    variants,
    uploads,
    kept,
    stored,
    announced,
    resized,
    /** Lays an upload down as a browser would. */
    upload: (imageId: string, picture: string) => uploads.set(imageId, Buffer.from(picture)),
    /** Lays down an accepted original. */
    accept: (imageId: string, picture = '3000x2000') =>
      kept.set(imageId, {
        bytes: Buffer.from(picture),
        facts: { widthPx: 3000, heightPx: 2000, format: 'png' },
      }),
  };
}
