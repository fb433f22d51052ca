import type { ImageAnnouncer, ImageProcessor, OriginalStore } from './ports.ts';

/** The upload policy refuses larger ones; this is checked again because the policy is catalog's. */
export const maxOriginalBytes = 15_000_000;

export interface AcceptUploadPorts {
  readonly originals: Omit<OriginalStore, 'read'>;
  readonly processor: Pick<ImageProcessor, 'inspect'>;
  readonly announcer: ImageAnnouncer;
}

/** `gone`: neither upload nor original is there, so an earlier delivery rejected it. */
export type UploadOutcome = 'accepted' | 'rejected' | 'gone';

export type AcceptUpload = (imageId: string) => Promise<UploadOutcome>;

/**
 * Judges one upload. It may be told of the same one twice, or be killed between any two lines:
 *
 * - the upload is removed last, so until the verdict is announced a redelivery starts over;
 * - the original is kept before it is announced, so no one hears of an image that cannot be served;
 * - what is kept are the bytes that were decoded, not a copy of whatever lies under the key by then;
 * - an original is never replaced, whatever is uploaded under its id later;
 * - an announcement may be repeated, but is never left out.
 */
export function createAcceptUpload(ports: AcceptUploadPorts): AcceptUpload {
  const { originals, processor, announcer } = ports;

  return async (imageId) => {
    const upload = await originals.readUpload(imageId, maxOriginalBytes);
    const known = await originals.facts(imageId);
    if (known) {
      await announcer.accepted({ imageId, ...known });
      if (upload !== 'missing') await originals.removeUpload(imageId);
      return 'accepted';
    }
    if (upload === 'missing') return 'gone';

    const facts = upload === 'too-large' ? 'unsupported' : await processor.inspect(upload);
    if (upload === 'too-large' || facts === 'unsupported') {
      await announcer.rejected({ imageId, code: 'unsupported-image' });
      await originals.removeUpload(imageId);
      return 'rejected';
    }
    const kept = await originals.keep(imageId, upload, facts);
    await announcer.accepted({ imageId, ...kept });
    await originals.removeUpload(imageId);
    return 'accepted';
  };
}
