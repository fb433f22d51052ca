import type { ImageAnnouncer, ImageProcessor, OriginalStore, Verdict } from './ports.ts';

/** The upload policy refuses larger ones; this is checked again because the policy is catalog's. */
export const maxOriginalBytes = 15_000_000;

export interface AcceptUploadPorts {
  readonly originals: Omit<OriginalStore, 'read' | 'facts'>;
  readonly processor: Pick<ImageProcessor, 'inspect'>;
  readonly announcer: ImageAnnouncer;
}

/** `gone`: there is neither an upload nor a verdict, so there is nothing to say. */
export type UploadOutcome = 'accepted' | 'rejected' | 'gone';

export type AcceptUpload = (imageId: string) => Promise<UploadOutcome>;

/**
 * Judges one upload. It may be told of the same one twice, or be killed between any two lines:
 *
 * - the upload is removed last, so until the verdict is announced a redelivery starts over;
 * - the verdict is kept before it is announced, so no one hears of an image that cannot be served;
 * - what is kept are the bytes that were decoded, not a copy of whatever lies under the key by then;
 * - the first verdict holds, whatever is uploaded under its id later: the form stays good for its ten minutes, but what
 *   was rejected is not served after all, and an original is not replaced;
 * - an announcement may be repeated, but is never left out.
 */
export function createAcceptUpload(ports: AcceptUploadPorts): AcceptUpload {
  const { originals, processor, announcer } = ports;

  return async (imageId) => {
    const upload = await originals.readUpload(imageId, maxOriginalBytes);
    const known = await originals.verdict(imageId);
    if (upload === 'missing' && known === undefined) return 'gone';
    const verdict = known ?? (await judge(imageId, upload));
    if (verdict === 'rejected') await announcer.rejected({ imageId, code: 'unsupported-image' });
    else await announcer.accepted({ imageId, ...verdict });
    if (upload !== 'missing') await originals.removeUpload(imageId);
    return verdict === 'rejected' ? 'rejected' : 'accepted';
  };

  async function judge(imageId: string, upload: Uint8Array | string): Promise<Verdict> {
    const facts = typeof upload === 'string' ? 'unsupported' : await processor.inspect(upload);
    if (typeof upload === 'string' || facts === 'unsupported') return originals.reject(imageId);
    return originals.keep(imageId, upload, facts);
  }
}
