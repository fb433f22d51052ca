import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import { AppError } from '@triptych/platform/errors';
import type { Upload, UploadStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { IN_SHOP } from './product-item.ts';

/** Attempts to number an upload while other uploads of the same product begin. */
const MAX_TRIES = 5;

/**
 * Uploads, one item each. Each upload of a product has a sequence number, so that the newest
 * accepted one ends up attached in whatever order the verdicts arrive.
 */
export function dynamoUploads(of: DynamoTable): UploadStore {
  const { client, table } = of;

  async function find(imageId: string): Promise<Upload | undefined> {
    const item = await readItem(of, keys.upload(imageId));
    if (!item) return undefined;
    const { productId, contentType, status, code, expiresAt } = item;
    const expiry = expiresAt === undefined ? {} : { expiresAtSeconds: expiresAt };
    return { imageId, productId, contentType, status, ...(code && { code }), ...expiry } as Upload;
  }

  return {
    async begin({ imageId, productId, contentType, status, expiresAtSeconds: expiresAt }) {
      for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
        const product = await readItem(of, keys.product(productId));
        if (!product || product.removedAt !== undefined) return 'unknown-product';
        const before = product.uploads as number;
        const number = before + 1;
        const upload = { productId, contentType, status, expiresAt, number };
        const done = await transact(client, [
          putNew(table, { ...keys.upload(imageId), ...upload }),
          updateItem(table, keys.product(productId), {
            set: 'SET uploads = :number, latestUpload = :imageId',
            when: 'uploads = :before',
            values: { ':number': number, ':before': before, ':imageId': imageId },
          }),
        ]);
        if (done.committed) return 'begun';
      }
      const detail = 'Too many uploads of this product at once. Try again.';
      throw new AppError('unavailable', 'uploads-contended', detail, { retryAfterSeconds: 1 });
    },

    findUpload: find,

    async latestUpload(productId) {
      const latest = (await readItem(of, keys.product(productId)))?.latestUpload;
      return typeof latest === 'string' ? find(latest) : undefined;
    },

    async attach({ imageId, productId }, at) {
      const number = (await readItem(of, keys.upload(imageId)))?.number;
      const show = updateItem(table, keys.product(productId), {
        set: 'SET imageId = :imageId, imageNumber = :number, version = version + :one, updatedAt = :at',
        when: `${IN_SHOP} AND (attribute_not_exists(imageNumber) OR imageNumber < :number)`,
        values: { ':imageId': imageId, ':number': number, ':one': 1, ':at': at },
      });
      const verdict = decide(table, imageId, { status: 'attached' });
      const done = await transact(client, [verdict, show]);
      // A newer picture is shown, or the product was removed. The verdict is recorded all the same.
      if (!done.committed && !done.failed.includes(0)) await transact(client, [verdict]);
    },

    async reject({ imageId }, code) {
      await transact(client, [decide(table, imageId, { status: 'rejected', code })]);
    },
  };
}

/** Records a verdict on a pending upload, so the first one wins. A decided upload never expires. */
function decide(
  table: string,
  imageId: string,
  verdict: { status: 'attached' | 'rejected'; code?: string },
): TransactWriteItem {
  const { status, code } = verdict;
  return updateItem(table, keys.upload(imageId), {
    set: `SET #status = :status${code ? ', code = :code' : ''} REMOVE expiresAt`,
    when: '#status = :pending',
    values: { ':status': status, ':code': code, ':pending': 'pending' },
    names: { '#status': 'status' },
  });
}
