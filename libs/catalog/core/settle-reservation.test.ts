import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { orderFor } from '../testing/orders.ts';
import { productNamed } from '../testing/products.ts';

async function withOrder() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1', { available: 5 }));
  const order = orderFor('o1', { productId: 'p1', quantity: 2 });
  await parts.catalog.reserveStock(order);
  const stock = async () => (await parts.store.find('p1'))?.stock;
  return { ...parts, stock };
}

describe('settling a reservation', () => {
  it('sells the units of a confirmed order, once', async () => {
    const { catalog, stock } = await withOrder();
    await catalog.commitReservation('o1');
    await catalog.commitReservation('o1');
    expect(await stock()).toMatchObject({ available: 3, held: 0, sold: 2 });
  });

  it('releases the units of a cancelled order, once', async () => {
    const { catalog, stock } = await withOrder();
    await catalog.releaseReservation('o1');
    await catalog.releaseReservation('o1');
    expect(await stock()).toMatchObject({ available: 5, held: 0, sold: 0 });
  });

  it('releases nothing for a rejected order', async () => {
    const { catalog, stock } = await withOrder();
    const order = orderFor('o2', { productId: 'p1', quantity: 4 });
    expect(await catalog.reserveStock(order)).toBe('rejected');
    await catalog.releaseReservation('o2');
    expect(await stock()).toMatchObject({ available: 3, held: 2 });
  });

  it('still commits a reservation that has been held for a year', async () => {
    const { catalog, clock, stock } = await withOrder();
    clock.nowMs += 365 * 86_400_000;
    await catalog.commitReservation('o1');
    expect(await stock()).toMatchObject({ held: 0, sold: 2 });
  });

  it('fails to commit an unknown order or to release a sold one', async () => {
    const { catalog, stock } = await withOrder();
    await expect(catalog.commitReservation('o9')).rejects.toMatchObject({
      code: 'reservation-not-held',
    });
    await catalog.commitReservation('o1');
    await expect(catalog.releaseReservation('o1')).rejects.toMatchObject({
      code: 'reservation-not-held',
    });
    expect(await stock()).toMatchObject({ available: 3, held: 0, sold: 2 });
  });
});
