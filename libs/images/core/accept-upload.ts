import type { ImageAnnouncer, ImageProcessor, OriginalStore } from './ports.ts';
import { isRejection, type Verdict } from './verdict.ts';

/** The limit of the catalog's upload policy, checked again because images does not own the policy. */
export const MAX_ORIGINAL_BYTES = 15_000_000;

/** `gone`: there is neither an upload nor a verdict, so there is nothing to announce. */
export type UploadOutcome = 'accepted' | 'rejected' | 'gone';

interface Deps {
  readonly originals: Omit<OriginalStore, 'read' | 'facts'>;
  readonly processor: Pick<ImageProcessor, 'inspect'>;
  readonly announcer: ImageAnnouncer;
}

/**
 * Judges one upload: stores the verdict, announces it and removes the upload. The message may be
 * delivered twice, and the process may be killed between any two steps:
 *
 * - The upload is removed last. Until then a redelivery starts over, so the announcement can be
 *   repeated but is never lost. The upload takes the place of an outbox entry: images has no table.
 * - The verdict is stored before it is announced, so an announced image can be served.
 * - The stored original is the bytes that were decoded, not a copy of the object under the key,
 *   which another upload may have replaced.
 * - A fault that may pass, such as a lack of time or memory, throws. The message is then redelivered.
 * - The first verdict is final. The upload form stays valid for ten minutes, but a later upload
 *   under the same id neither replaces an original nor revives a rejected image.
 * @throws Error (a fault that may pass)
 */
export async function acceptUpload(deps: Deps, imageId: string): Promise<UploadOutcome> {
  const { originals, announcer } = deps;
  const upload = await originals.readUpload(imageId, MAX_ORIGINAL_BYTES);
  const known = await originals.verdict(imageId);
  const verdict = known ?? (upload === 'missing' ? upload : await judge(deps, imageId, upload));
  if (verdict === 'missing') return 'gone';
  if (isRejection(verdict)) await announcer.rejected({ imageId, code: verdict.rejected });
  else await announcer.accepted({ imageId, ...verdict });
  if (upload !== 'missing') await originals.removeUpload(imageId);
  return isRejection(verdict) ? 'rejected' : 'accepted';
}

async function judge(
  { originals, processor }: Deps,
  imageId: string,
  upload: Uint8Array | 'too-large',
): Promise<Verdict> {
  if (upload === 'too-large') return originals.reject(imageId, 'too-many-bytes');
  const verdict = await processor.inspect(upload);
  if (isRejection(verdict)) return originals.reject(imageId, verdict.rejected);
  return originals.keep(imageId, upload, verdict);
}
