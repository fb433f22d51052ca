import { EVENT_DEFINITIONS, type EventName } from '@triptych/events';
import { describe, expect, it } from 'vitest';
import { inMemoryCatalog } from '../testing/in-memory-catalog.ts';
import { productNamed } from '../testing/products.ts';
import { catalogMessages } from './catalog-messages.ts';

const message = (type: string, data: object) => ({
  id: 'm1',
  type,
  source: EVENT_DEFINITIONS[type as EventName]?.source ?? 'triptych.payments',
  detail: { id: 'e1', occurredAt: '2026-02-01T12:00:00.000Z', data },
  body: '',
  receiveCount: 1,
});

const placed = {
  orderId: 'o1',
  accountId: 'a1',
  lines: [{ productId: 'p1', quantity: 2 }],
  expectedTotalCents: 2000,
  currency: 'usd',
};

async function worker() {
  const { catalog, store } = inMemoryCatalog();
  await store.create(productNamed('p1', { available: 5 }));
  return { handle: catalogMessages(catalog), catalog, store };
}

describe('the catalog worker', () => {
  it.each([
    ['order.confirmed', { orderId: 'o1', totalCents: 2000, currency: 'usd' }, { sold: 2 }],
    ['order.cancelled', { orderId: 'o1', reason: 'declined' }, { available: 5, sold: 0 }],
  ])('reserves on order.placed and settles on %s', async (type, data, expected) => {
    const { handle, store } = await worker();
    await handle(message('order.placed', placed));
    expect((await store.find('p1'))?.stock).toMatchObject({ available: 3, held: 2 });
    await handle(message(type, data));
    expect((await store.find('p1'))?.stock).toMatchObject({ held: 0, ...expected });
  });

  it.each([
    ['order.confirmed', { orderId: 'o1', totalCents: 'a lot', currency: 'credits' }, { sold: 2 }],
    ['order.cancelled', { orderId: 'o1', reason: 'a-newer-reason' }, { available: 5, held: 0 }],
  ])(
    'handles an %s of a newer publisher, of which it reads only the id',
    async (type, data, expected) => {
      const { handle, store } = await worker();
      await handle(message('order.placed', placed));
      await handle(message(type, data));
      expect((await store.find('p1'))?.stock).toMatchObject(expected);
      await expect(handle(message(type, { ...data, orderId: 7 }))).rejects.toThrow('data/orderId');
    },
  );

  it('restocks the goods returned by order.refunded', async () => {
    const { handle, store } = await worker();
    const restock = [{ productId: 'p1', quantity: 1 }];
    const refund = { orderId: 'o1', refundId: 'r1', amountCents: 1000, currency: 'usd', restock };
    await handle(message('order.placed', placed));
    // The order is not confirmed yet, so the message stays in the queue.
    await expect(handle(message('order.refunded', refund))).rejects.toThrow('order-not-sold');
    await handle(message('order.confirmed', { orderId: 'o1', totalCents: 2000, currency: 'usd' }));
    await handle(message('order.refunded', refund));
    expect((await store.find('p1'))?.stock).toMatchObject({ available: 4, held: 0, sold: 1 });
  });

  it.each([
    ['image.accepted', { widthPx: 1, heightPx: 1, format: 'png' }, 'attached'],
    ['image.rejected', { code: 'unsupported-image' }, 'rejected'],
  ])('records %s', async (type, verdict, status) => {
    const { handle, catalog } = await worker();
    const { imageId } = await catalog.startUpload({ productId: 'p1', contentType: 'image/png' });
    await handle(message(type, { imageId, ...verdict }));
    expect(await catalog.findImageState('p1')).toMatchObject({ status });
  });

  it('leaves a malformed event, one of an unknown type, and one from elsewhere in the queue', async () => {
    const { handle } = await worker();
    await expect(handle(message('order.placed', { orderId: 'o1' }))).rejects.toThrow();
    await expect(handle(message('order.framed', placed))).rejects.toThrow('order.framed');
    const forged = { ...message('order.placed', placed), source: 'triptych.images' };
    await expect(handle(forged)).rejects.toThrow('triptych.images');
  });
});
