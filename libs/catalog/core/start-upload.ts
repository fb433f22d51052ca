import { AppError } from '@triptych/platform/errors';
import type {
  Clock,
  Ids,
  ProductStore,
  UploadStore,
  UploadTicket,
  UploadTickets,
} from './ports.ts';
import { unknownProduct } from './read-products.ts';
import { keptUntilSeconds, live } from './reservation.ts';
import { type ImageContentType, type Upload, uploadRules } from './upload.ts';

interface Parts {
  readonly store: UploadStore & Pick<ProductStore, 'find'>;
  readonly uploads: UploadTickets;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface StartedUpload {
  readonly imageId: string;
  readonly upload: UploadTicket;
  /** RFC 3339, UTC. */
  readonly expiresAt: string;
}

export type ImageState = Pick<Upload, 'imageId' | 'status' | 'code'>;

/**
 * Gives a ticket to upload a picture. The upload is on record before the ticket is out, so no verdict can come for an
 * unknown one. Throws `not-found` for an unknown product.
 */
export function startUpload({ store, uploads, clock, ids }: Parts) {
  return async (productId: string, contentType: ImageContentType): Promise<StartedUpload> => {
    const imageId = ids.next();
    const nowMs = clock.now();
    const expiresAtSeconds = keptUntilSeconds(nowMs);
    const pending = {
      imageId,
      productId,
      contentType,
      status: 'pending',
      expiresAtSeconds,
    } as const;
    if ((await store.begin(pending)) === 'unknown-product') throw unknownProduct();
    const upload = await uploads.issue({ imageId, contentType });
    const expiresAt = new Date(nowMs + uploadRules.ticketSeconds * 1000).toISOString();
    return { imageId, upload, expiresAt };
  };
}

/** What became of the upload begun last. Throws `not-found` for an unknown product or one without a picture. */
export function imageState({ store, clock }: Parts) {
  return async (productId: string): Promise<ImageState> => {
    const product = await store.find(productId);
    if (!product) throw unknownProduct();
    const latest = live(await store.latestUpload(productId), clock.now());
    if (latest) return latest;
    if (product.imageId) return { imageId: product.imageId, status: 'attached' };
    throw new AppError('not-found', 'not-found', 'The product has no image.');
  };
}

/** The images worker's verdict. One for an upload we do not know, or that is decided, changes nothing. */
export function recordVerdict({ store, clock }: Parts) {
  return async (imageId: string, verdict: 'accepted' | { rejected: string }): Promise<void> => {
    const upload = live(await store.findUpload(imageId), clock.now());
    if (upload?.status !== 'pending') return;
    if (verdict !== 'accepted') return store.reject(upload, verdict.rejected);
    return store.attach(upload, new Date(clock.now()).toISOString());
  };
}
