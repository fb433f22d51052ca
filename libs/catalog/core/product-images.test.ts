import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { productNamed } from '../testing/products.ts';

async function withProduct() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1'));
  const { catalog } = parts;
  const start = (productId = 'p1') => catalog.startUpload({ productId, contentType: 'image/png' });
  const accept = (imageId: string) => catalog.recordVerdict({ imageId, verdict: 'accepted' });
  return { ...parts, start, accept };
}

describe('the image of a product', () => {
  it('is pending once a ticket is issued, and attached once the upload is accepted', async () => {
    const { catalog, start, accept } = await withProduct();
    const { imageId, upload, expiresAt } = await start();
    expect(upload.fields.key).toBe(`uploads/${imageId}`);
    expect(expiresAt).toBe('2026-02-01T12:10:00.000Z');
    expect(await catalog.findImageState('p1')).toMatchObject({ imageId, status: 'pending' });
    await accept(imageId);
    expect(await catalog.findImageState('p1')).toMatchObject({ imageId, status: 'attached' });
    expect(await catalog.findProduct('p1')).toMatchObject({ imageId });
  });

  it('reports why an upload was rejected', async () => {
    const { catalog, start } = await withProduct();
    const { imageId } = await start();
    await catalog.recordVerdict({ imageId, verdict: { rejected: 'unsupported-image' } });
    expect(await catalog.findImageState('p1')).toMatchObject({
      status: 'rejected',
      code: 'unsupported-image',
    });
    expect(await catalog.findProduct('p1')).not.toHaveProperty('imageId');
  });

  it('is reported as not judged after an hour without a verdict, and a late verdict counts', async () => {
    const { catalog, clock, start, accept } = await withProduct();
    const { imageId } = await start();
    clock.nowMs += 3_600_000 - 1_000;
    expect(await catalog.findImageState('p1')).toMatchObject({ status: 'pending' });
    clock.nowMs += 1_000;
    expect(await catalog.findImageState('p1')).toEqual({
      imageId,
      status: 'rejected',
      code: 'not-judged',
    });
    await accept(imageId);
    clock.nowMs += 3_600_000;
    expect(await catalog.findImageState('p1')).toMatchObject({ imageId, status: 'attached' });
  });

  it('is still the previous one after a later upload has expired', async () => {
    const { catalog, clock, start, accept } = await withProduct();
    const { imageId } = await start();
    await accept(imageId);
    await start();
    clock.nowMs += 31 * 86_400_000;
    expect(await catalog.findImageState('p1')).toEqual({ imageId, status: 'attached' });
  });

  it('ignores a verdict on an unknown upload', async () => {
    const { catalog, accept } = await withProduct();
    await expect(accept('stranger')).resolves.toBeUndefined();
    await expect(catalog.findImageState('p1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is not found for an unknown product', async () => {
    const { catalog, start } = await withProduct();
    await expect(start('p9')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(catalog.findImageState('p9')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
