import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { orderFor } from '../testing/orders.ts';
import { productNamed } from '../testing/products.ts';

async function withProduct() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1', { available: 5 }));
  return parts;
}

/** A catalog whose product is changed by another writer before each of the first `times` removals. */
async function contended(times: number) {
  const { catalog, store } = await withProduct();
  const { remove } = store;
  let left = times;
  store.remove = async (product, at) => {
    left -= 1;
    if (left < 0) return remove(product, at);
    await store.change(product, { ...product, version: product.version + 1 });
    return remove(product, at);
  };
  return catalog;
}

describe('removing a product', () => {
  it('keeps the stock held by orders until they are settled', async () => {
    const { catalog, store } = await withProduct();
    const order = orderFor('o1', { productId: 'p1', quantity: 2 });
    await catalog.reserveStock(order);
    await catalog.removeProduct({ productId: 'p1' });
    await expect(catalog.findProduct('p1')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await catalog.reserveStock({ ...order, orderId: 'o2' })).toBe('rejected');
    await catalog.commitReservation('o1');
    expect(store.stockOf('p1')).toMatchObject({ available: 3, held: 0, sold: 2 });
  });

  it('retries after concurrent changes, a bounded number of times', async () => {
    const removal = async (times: number) =>
      (await contended(times)).removeProduct({ productId: 'p1' });
    await expect(removal(2)).resolves.toBeUndefined();
    await expect(removal(99)).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 });
  });

  it('removes only the given version', async () => {
    const removal = (await contended(1)).removeProduct({ productId: 'p1', version: 1 });
    await expect(removal).rejects.toMatchObject({ code: 'version-conflict' });
  });
});
