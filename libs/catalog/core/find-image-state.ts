import { AppError } from '@triptych/platform/errors';
import { unexpired } from './expiry.ts';
import type { Clock, ProductStore, UploadStore } from './ports.ts';
import { unknownProduct } from './product-errors.ts';
import type { Upload } from './upload.ts';

export type ImageState = Pick<Upload, 'imageId' | 'status' | 'code'>;

interface Deps {
  store: Pick<UploadStore, 'latestUpload'> & Pick<ProductStore, 'find'>;
  clock: Clock;
}

/**
 * Finds the state of a product's latest upload, or of its image once that upload has expired.
 * @throws AppError not-found `not-found` (no such product, or it has neither)
 */
export async function findImageState(deps: Deps, productId: string): Promise<ImageState> {
  const product = await deps.store.find(productId);
  if (!product) throw unknownProduct();
  const latest = unexpired(await deps.store.latestUpload(productId), deps.clock.now());
  if (latest) return latest;
  if (product.imageId) return { imageId: product.imageId, status: 'attached' };
  throw new AppError('not-found', 'not-found', 'The product has no image.');
}
