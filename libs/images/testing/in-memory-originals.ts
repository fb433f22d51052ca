import type { OriginalFacts, OriginalStore, Rejection, Verdict } from '../core/index.ts';

/** Originals in memory, for unit tests. They pass the same contract as `s3Originals`. */
export function inMemoryOriginals() {
  const uploads = new Map<string, Uint8Array>();
  const kept = new Map<string, { bytes: Uint8Array; facts: OriginalFacts }>();
  const rejected = new Map<string, Rejection>();

  const verdictOn = (imageId: string): Verdict | undefined =>
    rejected.get(imageId) ?? kept.get(imageId)?.facts;

  const originals: OriginalStore = {
    async readUpload(imageId, maxBytes) {
      const bytes = uploads.get(imageId);
      if (bytes === undefined) return 'missing';
      return bytes.byteLength > maxBytes ? 'too-large' : bytes;
    },
    async keep(imageId, bytes, facts) {
      const known = verdictOn(imageId);
      if (known) return known;
      kept.set(imageId, { bytes, facts });
      return facts;
    },
    async reject(imageId, code) {
      const known = verdictOn(imageId);
      if (known) return known;
      rejected.set(imageId, { rejected: code });
      return { rejected: code };
    },
    verdict: async (imageId) => verdictOn(imageId),
    facts: async (imageId) => kept.get(imageId)?.facts,
    read: async (imageId) => kept.get(imageId)?.bytes,
    async removeUpload(imageId) {
      uploads.delete(imageId);
    },
  };
  return { originals, uploads, kept };
}
