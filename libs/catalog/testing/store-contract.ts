import { beforeEach, describe, expect, it } from 'vitest';
import type { CatalogStore, Upload } from '../core/index.ts';
import { holding } from './holding.ts';
import { listContract } from './list-contract.ts';
import { productNamed } from './products.ts';
import { type StoreUnderTest, stockContract } from './stock-contract.ts';

const AT = '2026-02-01T12:00:00.000Z';
const NOW_MS = Date.parse(AT);

/**
 * The contract of the catalog's store. Every implementation must pass it.
 * @param open opens an empty store
 */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  let store: CatalogStore;
  beforeEach(async () => {
    ({ store } = await open());
  });

  describe(`products in ${name}`, () => {
    it('are created once per id and read back unchanged', async () => {
      const product = productNamed('p1', { available: 3 });
      expect(await store.create(product)).toBe('created');
      expect(await store.create({ ...product, name: 'other' })).toBe('exists');
      expect(await store.find('p1')).toEqual(product);
      expect(await store.find('p2')).toBeUndefined();
    });

    it('are counted in their category, which the first one creates', async () => {
      await store.create(productNamed('p1', { category: 'home-office' }));
      await store.create(productNamed('p1', { category: 'home-office' }));
      await store.create(productNamed('p2', { category: 'home-office' }));
      await store.create(productNamed('p3', { category: 'books' }));
      expect(await store.categories()).toEqual([
        { slug: 'books', name: 'Books', products: 1 },
        { slug: 'home-office', name: 'Home office', products: 2 },
      ]);
    });

    it('are found by a list of ids, without the unknown ones', async () => {
      await store.create(productNamed('p1'));
      await store.create(productNamed('p2'));
      const found = await store.findAll(['p1', 'p2', 'p3']);
      expect(found.map((product) => product.id).sort()).toEqual(['p1', 'p2']);
    });
  });

  listContract(name, open);
  stockContract(name, open);

  describe(`products removed from ${name}`, () => {
    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.reserve(holding('o1', { p1: 2 }), 'usd', []);
      await store.remove(productNamed('p1'), AT);
    });

    it('are absent, but their id stays taken', async () => {
      expect(await store.find('p1')).toBeUndefined();
      expect(await store.findAll(['p1'])).toEqual([]);
      expect(await store.categories()).toEqual([]);
      expect(await store.create(productNamed('p1'))).toBe('exists');
    });

    it('accept no order, receipt, upload or change', async () => {
      expect(await store.reserve(holding('o2', { p1: 1 }), 'usd', [])).toBe('changed');
      expect(
        await store.receive({ productId: 'p1', receiptId: 'r', quantity: 1, receivedAt: AT }),
      ).toEqual({ outcome: 'unknown-product' });
      expect(await store.begin(upload('i1'))).toBe('unknown-product');
      expect(await store.change(productNamed('p1'), productNamed('p1', { version: 2 }))).toBe(
        'changed',
      );
      expect(await store.remove(productNamed('p1'), AT)).toBe('changed');
    });

    it('still settle the orders that hold them', async () => {
      const sold = { ...holding('o1', { p1: 2 }), state: 'committed' as const };
      expect(await store.settle(sold)).toBe('done');
      const lines = [{ productId: 'p1', quantity: 2 }];
      expect(await store.restock(sold, { refundId: 'r1', lines, atMs: NOW_MS })).toBe('done');
    });
  });

  describe(`uploads in ${name}`, () => {
    beforeEach(async () => {
      await store.create(productNamed('p1'));
    });

    it('are recorded, and the latest per product is known', async () => {
      expect(await store.begin(upload('i1'))).toBe('begun');
      expect(await store.begin(upload('i2'))).toBe('begun');
      expect(await store.findUpload('i1')).toEqual(upload('i1'));
      expect(await store.latestUpload('p1')).toEqual(upload('i2'));
      expect(await store.findUpload('i3')).toBeUndefined();
    });

    it('are not recorded for an unknown product', async () => {
      expect(await store.begin({ ...upload('i1'), productId: 'p9' })).toBe('unknown-product');
      expect(await store.findUpload('i1')).toBeUndefined();
      expect(await store.latestUpload('p9')).toBeUndefined();
    });

    it('become the image once accepted, and only the first verdict counts', async () => {
      await store.begin(upload('i1'));
      await store.attach(upload('i1'), AT);
      await store.reject(upload('i1'), 'unsupported-image');
      await store.attach(upload('i1'), AT);
      expect(await store.find('p1')).toMatchObject({ imageId: 'i1', version: 2, updatedAt: AT });
      expect(await store.findUpload('i1')).toEqual(decided('i1', 'attached'));
    });

    it('leave the newest accepted one as the image, in any order of verdicts', async () => {
      await store.begin(upload('i1'));
      await store.begin(upload('i2'));
      await store.attach(upload('i2'), AT);
      await store.attach(upload('i1'), AT);
      expect(await store.find('p1')).toMatchObject({ imageId: 'i2', version: 2 });
      expect(await store.findUpload('i1')).toMatchObject({ status: 'attached' });
    });

    it('keep the code of a rejection and do not change the image', async () => {
      await store.begin(upload('i1'));
      await store.attach(upload('i1'), AT);
      await store.begin(upload('i2'));
      await store.reject(upload('i2'), 'unsupported-image');
      expect(await store.find('p1')).toMatchObject({ imageId: 'i1' });
      expect(await store.latestUpload('p1')).toEqual({
        ...decided('i2', 'rejected'),
        code: 'unsupported-image',
      });
    });
  });
}

function upload(imageId: string): Upload {
  const expiresAtSeconds = 2_000_000_000;
  return {
    imageId,
    productId: 'p1',
    contentType: 'image/png',
    status: 'pending',
    expiresAtSeconds,
  };
}

function decided(imageId: string, status: Upload['status']): Upload {
  return { imageId, productId: 'p1', contentType: 'image/png', status };
}
