import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { orderFor } from '../testing/orders.ts';
import { productNamed } from '../testing/products.ts';

async function world() {
  const { catalog, store, events } = inMemoryCatalog();
  await store.create(productNamed('lamp', { available: 3 }));
  return { catalog, store, events };
}

describe('the answer to an order', () => {
  it('is the quote for the reserved stock, also when it is asked for again', async () => {
    const { catalog, store } = await world();
    const order = orderFor('o1', { productId: 'lamp', quantity: 2 });
    const answer = await catalog.answerOrder(order);
    expect(answer).toEqual({
      kind: 'reserved',
      quote: {
        orderId: 'o1',
        lines: [{ productId: 'lamp', name: 'Name of lamp', quantity: 2, unitPriceCents: 1000 }],
        totalCents: 2000,
        currency: 'usd',
      },
    });
    expect(await catalog.answerOrder(order)).toEqual(answer);
    expect(store.stockOf('lamp')).toMatchObject({ available: 1, held: 2 });
    await catalog.commitReservation('o1');
    expect(await catalog.answerOrder(order)).toEqual(answer);
  });

  it('is the reason of a rejection, also when it is asked for again', async () => {
    const { catalog } = await world();
    const order = orderFor('o1', { productId: 'lamp', quantity: 4 });
    const answer = { kind: 'rejected', reason: 'out-of-stock' };
    expect(await catalog.answerOrder(order)).toEqual(answer);
    expect(await catalog.answerOrder(order)).toEqual(answer);
  });

  it('says that an order has ended which was cancelled first', async () => {
    const { catalog, store } = await world();
    await catalog.releaseReservation('o1');
    const order = orderFor('o1', { productId: 'lamp', quantity: 1 });
    expect(await catalog.answerOrder(order)).toEqual({ kind: 'ended' });
    expect(store.stockOf('lamp')).toMatchObject({ available: 3, held: 0 });
  });
});
