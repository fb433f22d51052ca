import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { orderFor } from '../testing/orders.ts';
import { productNamed } from '../testing/products.ts';

async function withProduct() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1', { available: 5 }));
  return parts;
}

/** Somebody else is quicker than `change`, each time it writes. */
async function overtaken(times: number) {
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

describe('changing a product', () => {
  it('changes what is named, keeps the rest and counts the version', async () => {
    const { catalog, store } = await withProduct();
    const before = await catalog.findProduct('p1');
    const changed = await catalog.changeProduct('p1', 1, { name: 'New name' });
    const updatedAt = '2026-02-01T12:00:00.000Z';
    expect(changed).toEqual({ ...before, name: 'New name', version: 2, updatedAt });
    expect(await store.find('p1')).toEqual(changed);
  });

  it('is refused to whoever has read another version, and to the slower of two at once', async () => {
    const { catalog } = await withProduct();
    const change = (name: string) => catalog.changeProduct('p1', 1, { name });
    const ended = await Promise.allSettled([change('one'), change('other')]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(change('third')).rejects.toMatchObject({ code: 'version-conflict' });
  });

  it('leaves alone what an order was quoted', async () => {
    const { catalog } = await withProduct();
    const order = orderFor('o1', { productId: 'p1', quantity: 2 });
    await catalog.reserveStock(order);
    await catalog.changeProduct('p1', 1, { price: { amountCents: 9000, currency: 'usd' } });
    await catalog.commitReservation('o1');
    expect((await catalog.findProduct('p1')).stock).toMatchObject({ available: 3, sold: 2 });
  });
});

describe('removing a product', () => {
  it('keeps the stock that orders hold of it until they are settled', async () => {
    const { catalog, store } = await withProduct();
    const order = orderFor('o1', { productId: 'p1', quantity: 2 });
    await catalog.reserveStock(order);
    await catalog.removeProduct('p1');
    await expect(catalog.findProduct('p1')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await catalog.reserveStock({ ...order, orderId: 'o2' })).toBe('rejected');
    await catalog.commitReservation('o1');
    expect(store.stockOf('p1')).toMatchObject({ available: 3, held: 0, sold: 2 });
  });

  it('tries again when somebody changed it meanwhile, but not for ever', async () => {
    await expect((await overtaken(2)).removeProduct('p1')).resolves.toBeUndefined();
    await expect((await overtaken(99)).removeProduct('p1')).rejects.toMatchObject({
      kind: 'unavailable',
      retryAfterSeconds: 1,
    });
  });

  it('of a certain version does not remove another', async () => {
    const removal = (await overtaken(1)).removeProduct('p1', 1);
    await expect(removal).rejects.toMatchObject({ code: 'version-conflict' });
  });
});
