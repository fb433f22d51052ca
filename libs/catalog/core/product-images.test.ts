import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { productNamed } from '../testing/products.ts';

async function withProduct() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1'));
  return parts;
}

describe('a product image', () => {
  it('is pending once a ticket is out, and attached when the upload was accepted', async () => {
    const { catalog } = await withProduct();
    const { imageId, upload, expiresAt } = await catalog.startUpload('p1', 'image/png');
    expect(upload.fields.key).toBe(`uploads/${imageId}`);
    expect(expiresAt).toBe('2026-02-01T12:10:00.000Z');
    expect(await catalog.imageState('p1')).toMatchObject({ imageId, status: 'pending' });
    await catalog.recordVerdict(imageId, 'accepted');
    expect(await catalog.imageState('p1')).toMatchObject({ imageId, status: 'attached' });
    expect(await catalog.findProduct('p1')).toMatchObject({ imageId });
  });

  it('says why an upload was rejected', async () => {
    const { catalog } = await withProduct();
    const { imageId } = await catalog.startUpload('p1', 'image/png');
    await catalog.recordVerdict(imageId, { rejected: 'unsupported-image' });
    expect(await catalog.imageState('p1')).toMatchObject({
      status: 'rejected',
      code: 'unsupported-image',
    });
    expect(await catalog.findProduct('p1')).not.toHaveProperty('imageId');
  });

  it('is the one before when a later upload was never sent', async () => {
    const { catalog, clock } = await withProduct();
    const { imageId } = await catalog.startUpload('p1', 'image/png');
    await catalog.recordVerdict(imageId, 'accepted');
    await catalog.startUpload('p1', 'image/png');
    clock.nowMs += 31 * 86_400_000;
    expect(await catalog.imageState('p1')).toEqual({ imageId, status: 'attached' });
  });

  it('is not touched by a verdict about an upload nobody began', async () => {
    const { catalog } = await withProduct();
    await expect(catalog.recordVerdict('stranger', 'accepted')).resolves.toBeUndefined();
    await expect(catalog.imageState('p1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('of an unknown product is not found', async () => {
    const { catalog } = await withProduct();
    await expect(catalog.startUpload('p9', 'image/png')).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(catalog.imageState('p9')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
