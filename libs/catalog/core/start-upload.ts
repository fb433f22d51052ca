import { keptUntilSeconds } from './expiry.ts';
import type { Clock, Ids, UploadStore, UploadTicket, UploadTickets } from './ports.ts';
import { invalidField, unknownProduct } from './product-errors.ts';
import { IMAGE_CONTENT_TYPES, imageContentTypeOf, TICKET_SECONDS } from './upload.ts';

export interface StartUpload {
  readonly productId: string;
  /** A media type, in any spelling. */
  readonly contentType: string;
}

export interface StartedUpload {
  readonly imageId: string;
  readonly upload: UploadTicket;
  /** When the ticket expires: RFC 3339, UTC. */
  readonly expiresAt: string;
}

interface Deps {
  store: Pick<UploadStore, 'begin'>;
  uploads: UploadTickets;
  clock: Clock;
  ids: Ids;
}

/**
 * Issues a ticket to upload a product's picture. The upload is recorded before the ticket is
 * issued, so a verdict never arrives for an unknown upload.
 * @throws AppError validation `validation`, not-found `not-found`, unavailable `uploads-contended`
 */
export async function startUpload(deps: Deps, command: StartUpload): Promise<StartedUpload> {
  const { productId } = command;
  const contentType = imageContentTypeOf(command.contentType);
  if (!contentType) {
    throw invalidField('/contentType', `must be one of ${IMAGE_CONTENT_TYPES.join(', ')}`);
  }
  const imageId = deps.ids.next();
  const nowMs = deps.clock.now();
  const begun = await deps.store.begin({
    imageId,
    productId,
    contentType,
    status: 'pending',
    expiresAtSeconds: keptUntilSeconds(nowMs),
  });
  if (begun === 'unknown-product') throw unknownProduct();
  const upload = await deps.uploads.issue({ imageId, contentType });
  const expiresAt = new Date(nowMs + TICKET_SECONDS * 1000).toISOString();
  return { imageId, upload, expiresAt };
}
