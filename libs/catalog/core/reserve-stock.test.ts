import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { productNamed } from '../testing/products.ts';

const order = (change: object = {}) => ({
  orderId: 'o1',
  accountId: 'a1',
  lines: [
    { productId: 'p1', quantity: 2 },
    { productId: 'p2', quantity: 1 },
  ],
  expectedTotalCents: 2500,
  currency: 'usd',
  ...change,
});

async function shop() {
  const parts = inMemoryCatalog();
  await parts.store.create(productNamed('p1', { available: 5 }));
  const price = { amountCents: 500, currency: 'usd' };
  await parts.store.create(productNamed('p2', { available: 5, price }));
  const stock = async (id: string) => (await parts.store.find(id))?.stock;
  return { ...parts, stock };
}

describe('reserving stock for an order', () => {
  it('holds every line and announces the quoted prices', async () => {
    const { catalog, events, stock } = await shop();
    expect(await catalog.reserveStock(order())).toBe('reserved');
    expect(await stock('p1')).toMatchObject({ available: 3, held: 2 });
    expect(events).toEqual([
      {
        type: 'stock.reserved',
        source: 'triptych.catalog',
        data: {
          orderId: 'o1',
          lines: [
            { productId: 'p1', name: 'Name of p1', quantity: 2, unitPriceCents: 1000 },
            { productId: 'p2', name: 'Name of p2', quantity: 1, unitPriceCents: 500 },
          ],
          totalCents: 2500,
          currency: 'usd',
        },
      },
    ]);
  });

  it.each([
    ['out-of-stock', { lines: [{ productId: 'p1', quantity: 6 }], expectedTotalCents: 6000 }],
    ['price-differs', { expectedTotalCents: 2499 }],
    ['price-differs', { currency: 'eur' }],
    ['unknown-product', { lines: [{ productId: 'p9', quantity: 1 }] }],
  ])('rejects with %s and holds nothing', async (reason, change) => {
    const { catalog, events, stock } = await shop();
    expect(await catalog.reserveStock(order(change))).toBe('rejected');
    expect(await stock('p1')).toMatchObject({ available: 5, held: 0 });
    expect(events).toMatchObject([{ type: 'stock.rejected', data: { orderId: 'o1', reason } }]);
  });

  it('ignores a duplicate of a reserved or a rejected order', async () => {
    const { catalog, events } = await shop();
    await catalog.reserveStock(order());
    await catalog.reserveStock(order({ orderId: 'o2', expectedTotalCents: 1 }));
    expect(await catalog.reserveStock(order())).toBe('known');
    expect(await catalog.reserveStock(order({ orderId: 'o2' }))).toBe('known');
    expect(events).toHaveLength(2);
  });

  it('ignores for 30 days an order that was cancelled first', async () => {
    const { catalog, clock, events, stock } = await shop();
    await catalog.releaseReservation('o1');
    clock.nowMs += 30 * 86_400_000 - 1000;
    expect(await catalog.reserveStock(order())).toBe('known');
    expect(await stock('p1')).toMatchObject({ available: 5, held: 0 });
    expect(events).toEqual([]);
    clock.nowMs += 2000;
    expect(await catalog.reserveStock(order())).toBe('reserved');
  });

  it('decides again if another order takes the stock between reading and writing', async () => {
    const { catalog, store, events } = await shop();
    const { findAll } = store;
    store.findAll = async (ids) => {
      const products = await findAll(ids);
      store.findAll = findAll;
      const lines = [{ productId: 'p1', quantity: 5 }];
      await catalog.reserveStock(order({ orderId: 'other', lines, expectedTotalCents: 5000 }));
      return products;
    };
    expect(await catalog.reserveStock(order())).toBe('rejected');
    expect(events.map((event) => event.type)).toEqual(['stock.reserved', 'stock.rejected']);
  });

  it('fails as unavailable after five attempts if the stock keeps changing', async () => {
    const { catalog, store } = await shop();
    let writes = 0;
    store.reserve = async () => {
      writes += 1;
      return 'changed';
    };
    await expect(catalog.reserveStock(order())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(writes).toBe(5);
  });

  it('rejects an order with two lines for one product', async () => {
    const { catalog } = await shop();
    const lines = [
      { productId: 'p1', quantity: 1 },
      { productId: 'p1', quantity: 1 },
    ];
    await expect(catalog.reserveStock(order({ lines }))).rejects.toMatchObject({
      code: 'product-twice',
    });
  });
});
