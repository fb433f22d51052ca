import type { DomainEvent, EventDraft } from '@triptych/events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CatalogStore, Reservation, Upload } from '../core/index.ts';
import { holding } from './holding.ts';
import { listContract } from './list-contract.ts';
import { productNamed } from './products.ts';

export interface StoreUnderTest {
  readonly store: CatalogStore;
  /** Events committed so far. */
  events(): Promise<readonly (EventDraft | DomainEvent)[]>;
}

const nowMs = Date.parse('2026-02-01T12:00:00.000Z');
const at = '2026-02-01T12:00:00.000Z';

/** What every store of the catalog promises; `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  let store: CatalogStore;
  let events: StoreUnderTest['events'];
  beforeEach(async () => {
    ({ store, events } = await open());
  });

  describe(`products in ${name}`, () => {
    it('are created once per id and read back as they were', async () => {
      const product = productNamed('p1', { available: 3 });
      expect(await store.create(product)).toBe('created');
      expect(await store.create({ ...product, name: 'other' })).toBe('exists');
      expect(await store.find('p1')).toEqual(product);
      expect(await store.find('p2')).toBeUndefined();
    });

    it('are counted in their category, which appears with the first one', async () => {
      await store.create(productNamed('p1', { category: 'home-office' }));
      await store.create(productNamed('p1', { category: 'home-office' }));
      await store.create(productNamed('p2', { category: 'home-office' }));
      await store.create(productNamed('p3', { category: 'books' }));
      expect(await store.categories()).toEqual([
        { slug: 'books', name: 'Books', products: 1 },
        { slug: 'home-office', name: 'Home office', products: 2 },
      ]);
    });

    it('are found among many ids, leaving out the unknown', async () => {
      await store.create(productNamed('p1'));
      await store.create(productNamed('p2'));
      const found = await store.findAll(['p1', 'p2', 'p3']);
      expect(found.map((product) => product.id).sort()).toEqual(['p1', 'p2']);
    });
  });

  listContract(name, open);

  describe(`stock in ${name}`, () => {
    const receipt = { productId: 'p1', receiptId: 'r1', quantity: 5, receivedAt: at };

    it('is received once per receipt', async () => {
      await store.create(productNamed('p1'));
      const stock = { available: 5, held: 0, sold: 0, received: 5, adjustments: 0 };
      expect(await store.receive(receipt)).toEqual({ outcome: 'received', stock });
      expect(await store.receive(receipt)).toEqual({ outcome: 'repeated', stock });
      expect(await store.receive({ ...receipt, quantity: 6 })).toEqual({
        outcome: 'receipt-differs',
      });
      expect((await store.find('p1'))?.stock).toEqual(stock);
    });

    it('is taken off by a negative receipt, once, and never below what is available', async () => {
      await store.create(productNamed('p1', { available: 5 }));
      const loss = { ...receipt, receiptId: 'loss', quantity: -3 };
      const stock = { available: 2, held: 0, sold: 0, received: 5, adjustments: -3 };
      expect(await store.receive(loss)).toEqual({ outcome: 'received', stock });
      expect(await store.receive(loss)).toEqual({ outcome: 'repeated', stock });
      expect(await store.receive({ ...loss, receiptId: 'more' })).toEqual({ outcome: 'too-few' });
      expect((await store.find('p1'))?.stock).toEqual(stock);
    });

    it('of an unknown product is not received', async () => {
      expect(await store.receive(receipt)).toEqual({ outcome: 'unknown-product' });
      expect(await store.find('p1')).toBeUndefined();
    });
  });

  describe(`reservations in ${name}`, () => {
    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.create(productNamed('p2', { available: 5 }));
    });

    it('move every line from available to held, with the answer, once', async () => {
      const hold = holding('o1', { p1: 2, p2: 5 });
      expect(await store.reserve(hold, 'usd', [answer('o1')])).toBe('done');
      expect(await store.reserve(hold, 'usd', [answer('o1')])).toBe('known');
      expect(await stockOf('p1')).toMatchObject({ available: 3, held: 2 });
      expect(await stockOf('p2')).toMatchObject({ available: 0, held: 5 });
      expect(await store.findReservation('o1')).toEqual(hold);
      expect(await events()).toMatchObject([answer('o1')]);
    });

    it.each([
      ['one product has too little', holding('o1', { p1: 2, p2: 6 }), 'usd'],
      ['one product is unknown', holding('o1', { p1: 2, p9: 1 }), 'usd'],
      ['one price has changed', holding('o1', { p1: 2, p2: 1 }, 999), 'usd'],
      ['the currency is another', holding('o1', { p1: 2 }), 'eur'],
    ])('change nothing when %s', async (_why, hold, currency) => {
      expect(await store.reserve(hold, currency, [answer('o1')])).toBe('changed');
      expect(await stockOf('p1')).toMatchObject({ available: 5, held: 0 });
      expect(await store.findReservation('o1')).toBeUndefined();
      expect(await events()).toEqual([]);
    });

    it('hold forty lines in one transaction', async () => {
      const quantities: Record<string, number> = {};
      for (let index = 0; index < 40; index += 1) {
        await store.create(productNamed(`many-${index}`, { available: 1 }));
        quantities[`many-${index}`] = 1;
      }
      expect(await store.reserve(holding('o1', quantities), 'usd', [answer('o1')])).toBe('done');
      expect(await stockOf('many-39')).toMatchObject({ available: 0, held: 1 });
    });

    it.each([
      ['committed', { available: 3, held: 0, sold: 2 }],
      ['released', { available: 5, held: 0, sold: 0 }],
    ] as const)('once %s give up what they held, once', async (state, expected) => {
      const hold = holding('o1', { p1: 2 });
      await store.reserve(hold, 'usd', []);
      const settled = { ...hold, state, changedAtMs: nowMs + 1, expiresAtSeconds: 2_000_000_000 };
      expect(await store.settle(settled)).toBe('done');
      expect(await store.settle(settled)).toBe('changed');
      expect(await stockOf('p1')).toMatchObject(expected);
      expect(await store.findReservation('o1')).toEqual(settled);
    });

    it('of a known order are not written over, until the record has expired', async () => {
      const tombstone: Reservation = {
        orderId: 'o1',
        state: 'tombstone',
        lines: [],
        changedAtMs: nowMs,
        expiresAtSeconds: nowMs / 1000 + 60,
      };
      expect(await store.record(tombstone, [])).toBe('done');
      expect(await store.record(tombstone, [answer('o1')])).toBe('known');
      expect(await store.reserve(holding('o1', { p1: 1 }), 'usd', [answer('o1')])).toBe('known');
      expect(await events()).toEqual([]);
      const later = { ...holding('o1', { p1: 1 }), changedAtMs: nowMs + 60_000 };
      expect(await store.reserve(later, 'usd', [answer('o1')])).toBe('done');
    });
  });

  describe(`returns in ${name}`, () => {
    const sold = { ...holding('o1', { p1: 2, p2: 1 }), state: 'committed' as const };
    const back = { refundId: 'r1', lines: [{ productId: 'p1', quantity: 1 }], atMs: nowMs };

    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.create(productNamed('p2', { available: 5 }));
      await store.reserve(holding('o1', { p1: 2, p2: 1 }), 'usd', []);
    });

    it('make what was sold available again, and are kept with the order for good', async () => {
      await store.settle(sold);
      expect(await store.restock(sold, back)).toBe('done');
      expect(await stockOf('p1')).toMatchObject({ available: 4, held: 0, sold: 1 });
      expect(await stockOf('p2')).toMatchObject({ available: 4, held: 0, sold: 1 });
      expect(await store.findReservation('o1')).toEqual({ ...sold, returns: [back] });
    });

    it('are refused to whoever has not seen the ones before, and of orders not sold', async () => {
      expect(await store.restock(sold, back)).toBe('changed');
      await store.settle(sold);
      await store.restock(sold, back);
      expect(await store.restock(sold, { ...back, refundId: 'r2' })).toBe('changed');
      expect(await stockOf('p1')).toMatchObject({ available: 4, sold: 1 });
    });
  });

  describe(`products removed from ${name}`, () => {
    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.reserve(holding('o1', { p1: 2 }), 'usd', []);
      await store.remove(productNamed('p1'), at);
    });

    it('are absent, and their id stays taken', async () => {
      expect(await store.find('p1')).toBeUndefined();
      expect(await store.findAll(['p1'])).toEqual([]);
      expect(await store.categories()).toEqual([]);
      expect(await store.create(productNamed('p1'))).toBe('exists');
    });

    it('take no order, delivery, picture or change any more', async () => {
      expect(await store.reserve(holding('o2', { p1: 1 }), 'usd', [])).toBe('changed');
      expect(
        await store.receive({ productId: 'p1', receiptId: 'r', quantity: 1, receivedAt: at }),
      ).toEqual({ outcome: 'unknown-product' });
      expect(await store.begin(upload('i1'))).toBe('unknown-product');
      expect(await store.change(productNamed('p1'), productNamed('p1', { version: 2 }))).toBe(
        'changed',
      );
      expect(await store.remove(productNamed('p1'), at)).toBe('changed');
    });

    it('still settle what orders hold of them', async () => {
      const sold = { ...holding('o1', { p1: 2 }), state: 'committed' as const };
      expect(await store.settle(sold)).toBe('done');
      const lines = [{ productId: 'p1', quantity: 2 }];
      expect(await store.restock(sold, { refundId: 'r1', lines, atMs: nowMs })).toBe('done');
    });
  });

  describe(`uploads in ${name}`, () => {
    beforeEach(async () => {
      await store.create(productNamed('p1'));
    });

    it('are remembered, the latest per product', async () => {
      expect(await store.begin(upload('i1'))).toBe('begun');
      expect(await store.begin(upload('i2'))).toBe('begun');
      expect(await store.findUpload('i1')).toEqual(upload('i1'));
      expect(await store.latestUpload('p1')).toEqual(upload('i2'));
      expect(await store.findUpload('i3')).toBeUndefined();
    });

    it('for an unknown product are not', async () => {
      expect(await store.begin({ ...upload('i1'), productId: 'p9' })).toBe('unknown-product');
      expect(await store.findUpload('i1')).toBeUndefined();
      expect(await store.latestUpload('p9')).toBeUndefined();
    });

    it('once accepted become the image, and only the first verdict counts', async () => {
      await store.begin(upload('i1'));
      await store.attach(upload('i1'), at);
      await store.reject(upload('i1'), 'unsupported-image');
      await store.attach(upload('i1'), at);
      expect(await store.find('p1')).toMatchObject({ imageId: 'i1', version: 2, updatedAt: at });
      expect(await store.findUpload('i1')).toEqual(decided('i1', 'attached'));
    });

    it('accepted out of order leave the newest as the image', async () => {
      await store.begin(upload('i1'));
      await store.begin(upload('i2'));
      await store.attach(upload('i2'), at);
      await store.attach(upload('i1'), at);
      expect(await store.find('p1')).toMatchObject({ imageId: 'i2', version: 2 });
      expect(await store.findUpload('i1')).toMatchObject({ status: 'attached' });
    });

    it('once rejected say why and leave the image alone', async () => {
      await store.begin(upload('i1'));
      await store.attach(upload('i1'), at);
      await store.begin(upload('i2'));
      await store.reject(upload('i2'), 'unsupported-image');
      expect(await store.find('p1')).toMatchObject({ imageId: 'i1' });
      expect(await store.latestUpload('p1')).toEqual({
        ...decided('i2', 'rejected'),
        code: 'unsupported-image',
      });
    });
  });

  async function stockOf(id: string) {
    return (await store.find(id))?.stock;
  }
}

function answer(orderId: string): EventDraft {
  return { type: 'stock.reserved', source: 'triptych.catalog', data: { orderId } };
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
