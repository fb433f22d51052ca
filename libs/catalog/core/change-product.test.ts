import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { orderFor } from '../testing/orders.ts';
import { productNamed } from '../testing/products.ts';

async function withProduct() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1', { available: 5 }));
  return parts;
}

describe('changing a product', () => {
  it('changes the given fields, keeps the others and increments the version', async () => {
    const { catalog, store } = await withProduct();
    const before = await catalog.findProduct('p1');
    const change = { name: 'New name' };
    const changed = await catalog.changeProduct({ productId: 'p1', version: 1, change });
    const updatedAt = '2026-02-01T12:00:00.000Z';
    expect(changed).toEqual({ ...before, name: 'New name', version: 2, updatedAt });
    expect(await store.find('p1')).toEqual(changed);
  });

  it('rejects a stale version and the later of two concurrent changes', async () => {
    const { catalog } = await withProduct();
    const change = (name: string) =>
      catalog.changeProduct({ productId: 'p1', version: 1, change: { name } });
    const ended = await Promise.allSettled([change('one'), change('other')]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(change('third')).rejects.toMatchObject({ code: 'version-conflict' });
  });

  it('does not affect an order that was quoted before', async () => {
    const { catalog } = await withProduct();
    const order = orderFor('o1', { productId: 'p1', quantity: 2 });
    await catalog.reserveStock(order);
    const change = { price: { amountCents: 9000, currency: 'usd' } };
    await catalog.changeProduct({ productId: 'p1', version: 1, change });
    await catalog.commitReservation('o1');
    expect((await catalog.findProduct('p1')).stock).toMatchObject({ available: 3, sold: 2 });
  });
});
