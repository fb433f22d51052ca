import { AppError } from '@triptych/platform/errors';
import { begunAtSeconds, unexpired } from './expiry.ts';
import type { Clock, ProductStore, UploadStore } from './ports.ts';
import { unknownProduct } from './product-errors.ts';
import { JUDGED_WITHIN_SECONDS, NOT_JUDGED, type Upload } from './upload.ts';

export type ImageState = Pick<Upload, 'imageId' | 'status' | 'code'>;

interface Deps {
  store: Pick<UploadStore, 'latestUpload'> & Pick<ProductStore, 'find'>;
  clock: Clock;
}

/**
 * Finds the state of a product's latest upload, or of its image once that upload has expired. An
 * upload without a verdict after an hour is reported as rejected with `not-judged`: its file was never
 * posted, or judging it kept failing. Nothing is stored, so a later verdict still counts.
 * @throws AppError not-found `not-found` (no such product, or it has neither)
 */
export async function findImageState(deps: Deps, productId: string): Promise<ImageState> {
  const product = await deps.store.find(productId);
  if (!product) throw unknownProduct();
  const latest = unexpired(await deps.store.latestUpload(productId), deps.clock.now());
  if (latest) return isOverdue(latest, deps.clock.now()) ? notJudged(latest) : latest;
  if (product.imageId) return { imageId: product.imageId, status: 'attached' };
  throw new AppError('not-found', 'not-found', 'The product has no image.');
}

function isOverdue({ status, expiresAtSeconds }: Upload, nowMs: number): boolean {
  if (status !== 'pending' || expiresAtSeconds === undefined) return false;
  return nowMs >= (begunAtSeconds(expiresAtSeconds) + JUDGED_WITHIN_SECONDS) * 1000;
}

const notJudged = ({ imageId }: Upload): ImageState => ({
  imageId,
  status: 'rejected',
  code: NOT_JUDGED,
});
