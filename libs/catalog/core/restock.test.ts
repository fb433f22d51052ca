import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { orderFor } from '../testing/orders.ts';
import { productNamed } from '../testing/products.ts';

/** An order of three `p1` and one `p2`, which is all of the stock. */
async function withOrder() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1', { available: 3 }));
  await parts.store.create(productNamed('p2', { available: 1 }));
  const order = orderFor('o1', { productId: 'p1', quantity: 3 }, { productId: 'p2', quantity: 1 });
  await parts.catalog.reserveStock(order);
  const back = (refundId: string, quantity: number, productId = 'p1') =>
    parts.catalog.restock({ orderId: 'o1', refundId, restock: [{ productId, quantity }] });
  return { ...parts, back };
}

async function withSoldOrder() {
  const parts = await withOrder();
  await parts.catalog.commitReservation('o1');
  return parts;
}

describe('returned goods', () => {
  it('become available again, once per refund', async () => {
    const { back, store } = await withSoldOrder();
    await back('r1', 1);
    await back('r1', 1);
    await back('r2', 2);
    expect(store.stockOf('p1')).toMatchObject({ available: 3, sold: 0 });
    expect(store.stockOf('p2')).toMatchObject({ available: 0, sold: 1 });
  });

  it('are counted even after years', async () => {
    const { back, clock, store } = await withSoldOrder();
    clock.nowMs += 900 * 86_400_000;
    await back('r1', 3);
    await expect(back('r2', 1)).rejects.toMatchObject({ code: 'restock-exceeds-sold' });
    expect(store.stockOf('p1')).toMatchObject({ available: 3, sold: 0 });
  });

  it('never exceed what the order bought, in one refund or in concurrent ones', async () => {
    const { back, catalog, store } = await withSoldOrder();
    await catalog.receiveStock({ productId: 'p1', receiptId: 'more', quantity: 9 });
    await expect(back('r1', 4)).rejects.toMatchObject({ code: 'restock-exceeds-sold' });
    await expect(back('r2', 1, 'p9')).rejects.toMatchObject({ code: 'restock-exceeds-sold' });
    const ended = await Promise.allSettled([back('r3', 2), back('r4', 2)]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(store.stockOf('p1')).toMatchObject({ available: 11, sold: 1 });
  });

  it('listed twice in one refund are added up', async () => {
    const { catalog, store } = await withSoldOrder();
    const line = { productId: 'p1', quantity: 1 };
    await catalog.restock({ orderId: 'o1', refundId: 'r1', restock: [line, line] });
    expect(store.stockOf('p1')).toMatchObject({ available: 2, sold: 1 });
  });

  it('are rejected until the order is confirmed', async () => {
    const { back, catalog, store } = await withOrder();
    await expect(back('r1', 1)).rejects.toMatchObject({ code: 'order-not-sold' });
    await catalog.commitReservation('o1');
    await back('r1', 1);
    expect(store.stockOf('p1')).toMatchObject({ available: 1, held: 0, sold: 2 });
  });

  it('may be empty, when only money is refunded', async () => {
    const { catalog } = await withOrder();
    await catalog.restock({ orderId: 'unknown', refundId: 'r1', restock: [] });
  });
});
