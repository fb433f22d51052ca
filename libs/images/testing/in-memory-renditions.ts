import { type RenditionStore, renditionKey } from '../core/index.ts';

/** Renditions in memory, for unit tests. They pass the same contract as `s3Renditions`. */
export function inMemoryRenditions() {
  /** The stored bytes by key. */
  const stored = new Map<string, Uint8Array>();
  const renditions: RenditionStore = {
    async find(rendition, { maxBytes }) {
      const bytes = stored.get(renditionKey(rendition));
      if (!bytes) return undefined;
      const sizeBytes = bytes.byteLength;
      return sizeBytes > maxBytes ? { sizeBytes } : { sizeBytes, bytes };
    },
    async save(rendition, bytes) {
      stored.set(renditionKey(rendition), bytes);
    },
  };
  return { renditions, stored };
}
