import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { productNamed } from '../testing/products.ts';

async function withProduct() {
  const { catalog, store } = inMemoryCatalog();
  await store.create(productNamed('p1', { available: 2 }));
  const book = (receiptId: string, quantity: number, productId = 'p1') =>
    catalog.receiveStock({ productId, receiptId, quantity });
  return { book, store };
}

describe('booking stock', () => {
  it('adds a delivery and subtracts an adjustment, each once', async () => {
    const { book } = await withProduct();
    await book('r1', 5);
    await book('r1', 5);
    await book('r2', -3);
    const stock = { available: 4, held: 0, sold: 0, received: 7, adjustments: -3 };
    expect(await book('r2', -3)).toEqual(stock);
  });

  it('rejects an adjustment of more than is available', async () => {
    const { book, store } = await withProduct();
    await expect(book('r1', -3)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'stock-negative',
    });
    expect(store.stockOf('p1')).toMatchObject({ available: 2, adjustments: 0 });
  });

  it('rejects a quantity of 0', async () => {
    const { book } = await withProduct();
    await expect(book('r1', 0)).rejects.toMatchObject({
      kind: 'validation',
      fields: [{ path: '/quantity' }],
    });
  });

  it('rejects a receipt that was booked with another quantity', async () => {
    const { book } = await withProduct();
    await book('r1', 5);
    await expect(book('r1', 6)).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'idempotency-key-reused',
    });
  });

  it('rejects an unknown product', async () => {
    const { book } = await withProduct();
    await expect(book('r1', 5, 'p9')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
